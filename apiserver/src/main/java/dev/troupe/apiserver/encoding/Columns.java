package dev.troupe.apiserver.encoding;

import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The columns of a type, as tables have them.
final class Columns {

  private Columns() {}

  static ArrayNode definitions(ResourceType type) {
    ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
    for (var column : TableBuilder.of(type).columns()) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.format())
          .put("description", column.description())
          .put("priority", column.priority());
    }
    return definitions;
  }

  static ArrayNode cells(ResourceType type, ObjectNode object, Instant now) {
    ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    for (var cell : TableBuilder.of(type).cells(object, now)) {
      if (cell instanceof Number number) {
        cells.add(number.longValue());
      } else {
        cells.add(cell.toString());
      }
    }
    return cells;
  }
}
