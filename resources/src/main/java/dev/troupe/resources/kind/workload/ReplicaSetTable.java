package dev.troupe.resources.kind.workload;

import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Replica sets.
final class ReplicaSetTable implements TableBuilder {

  private static final List<Column> COLUMNS =
      WorkloadColumns.columns(
          Column.number("Desired", "The pods that are wanted."),
          Column.number("Current", "The pods that there are."),
          Column.number("Ready", "The pods that are ready."));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode replicaSet, Instant now) {
    var spec = replicaSet.path("spec");
    var status = replicaSet.path("status");
    return WorkloadColumns.cells(
        replicaSet,
        now,
        Cells.number(spec, "replicas"),
        Cells.number(status, "replicas"),
        Cells.number(status, "readyReplicas"));
  }
}
