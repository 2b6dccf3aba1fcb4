package dev.troupe.resources.kind.priority;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Priority classes.
final class PriorityClassTable implements TableBuilder {

  private static final List<Column> COLUMNS =
      List.of(
          Column.objectName(),
          Column.number("Value", "The integer value of this priority class."),
          new Column("Global-Default", "boolean", "", "Whether pods without a class have it.", 0),
          Column.age(),
          Column.text("PreemptionPolicy", "Whether its pods make others leave."));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ObjectNode object, Instant now) {
    return List.of(
        Cells.name(object),
        Json.number(object, "value", 0),
        Json.truth(object, "globalDefault"),
        Cells.age(object, now),
        Json.text(object, "preemptionPolicy"));
  }
}
