package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Definitions of custom resources.
public final class DefinitionKind implements Kind {

  @Override
  public TableBuilder table() {
    return new DefinitionTable();
  }

  /// When it was made is told in full, as an age would say little.
  private record DefinitionTable() implements TableBuilder {

    private static final List<Column> COLUMNS =
        List.of(
            Column.objectName(),
            new Column("Created At", "date", "", "The time at which it was created.", 0));

    @Override
    public List<Column> columns() {
      return COLUMNS;
    }

    @Override
    public List<Object> cells(ObjectNode object, Instant now) {
      return List.of(
          Cells.name(object), Json.text(Json.object(object, "metadata"), "creationTimestamp"));
    }
  }
}
