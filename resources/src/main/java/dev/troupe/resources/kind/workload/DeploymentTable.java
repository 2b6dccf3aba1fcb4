package dev.troupe.resources.kind.workload;

import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Deployments.
final class DeploymentTable implements TableBuilder {

  private static final List<Column> COLUMNS =
      WorkloadColumns.columns(
          Column.text("Ready", "The pods that are ready, of those that are wanted."),
          Column.number("Up-to-date", "The pods that have the wanted template."),
          Column.number("Available", "The pods that have been ready for long enough."));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode deployment, Instant now) {
    var spec = deployment.path("spec");
    var status = deployment.path("status");
    return WorkloadColumns.cells(
        deployment,
        now,
        Cells.number(status, "readyReplicas") + "/" + Cells.number(spec, "replicas"),
        Cells.number(status, "updatedReplicas"),
        Cells.number(status, "availableReplicas"));
  }
}
