package dev.troupe.resources.table;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Replica sets.
final class ReplicaSetTable implements TableBuilder {

  private static final List<Column> COLUMNS =
      List.of(
          Column.objectName(),
          Column.number("Desired", "The pods that are wanted."),
          Column.number("Current", "The pods that there are."),
          Column.number("Ready", "The pods that are ready."),
          Column.age(),
          Column.text("Containers", "The names of the containers in the template.").wide(),
          Column.text("Images", "The images of the containers in the template.").wide(),
          Column.text("Selector", "The selector of the pods.").wide());

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode replicaSet, Instant now) {
    var spec = replicaSet.path("spec");
    var status = replicaSet.path("status");
    var podSpec = spec.path("template").path("spec");
    return List.of(
        Cells.name(replicaSet),
        Cells.number(spec, "replicas"),
        Cells.number(status, "replicas"),
        Cells.number(status, "readyReplicas"),
        Cells.age(replicaSet, now),
        Cells.joined(podSpec, "containers", "name"),
        Cells.joined(podSpec, "containers", "image"),
        Cells.selector(spec.get("selector")));
  }
}
