package dev.troupe.resources.kind.workload;

import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The columns that everything has that makes pods from a template, behind its counts.
final class WorkloadColumns {

  private WorkloadColumns() {}

  static List<Column> columns(Column... counts) {
    return Stream.of(
            Stream.of(Column.objectName()),
            Stream.of(counts),
            Stream.of(
                Column.age(),
                Column.text("Containers", "The names of the containers in the template.").wide(),
                Column.text("Images", "The images of the containers in the template.").wide(),
                Column.text("Selector", "The selector of the pods.").wide()))
        .flatMap(columns -> columns)
        .toList();
  }

  static List<Object> cells(ObjectNode workload, Instant now, Object... counts) {
    var spec = workload.path("spec");
    var podSpec = spec.path("template").path("spec");
    return Stream.of(
            Stream.<Object>of(Cells.name(workload)),
            Stream.<Object>of(counts),
            Stream.<Object>of(
                Cells.age(workload, now),
                Cells.joined(podSpec, "containers", "name"),
                Cells.joined(podSpec, "containers", "image"),
                Cells.selector(spec.get("selector"))))
        .flatMap(cells -> cells)
        .toList();
  }
}
