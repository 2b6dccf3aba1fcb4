package dev.troupe.resources.table;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Deployments.
final class DeploymentTable implements TableBuilder {

  private static final List<Column> COLUMNS =
      List.of(
          Column.objectName(),
          Column.text("Ready", "The pods that are ready, of those that are wanted."),
          Column.number("Up-to-date", "The pods that have the wanted template."),
          Column.number("Available", "The pods that have been ready for long enough."),
          Column.age(),
          Column.text("Containers", "The names of the containers in the template.").wide(),
          Column.text("Images", "The images of the containers in the template.").wide(),
          Column.text("Selector", "The selector of the pods.").wide());

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode deployment, Instant now) {
    var spec = deployment.path("spec");
    var status = deployment.path("status");
    var podSpec = spec.path("template").path("spec");
    return List.of(
        Cells.name(deployment),
        Cells.number(status, "readyReplicas") + "/" + Cells.number(spec, "replicas"),
        Cells.number(status, "updatedReplicas"),
        Cells.number(status, "availableReplicas"),
        Cells.age(deployment, now),
        Cells.joined(podSpec, "containers", "name"),
        Cells.joined(podSpec, "containers", "image"),
        Cells.selector(spec.get("selector")));
  }
}
