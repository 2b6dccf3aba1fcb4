package dev.troupe.apiserver.encoding;

import dev.troupe.resources.registry.ResourceType;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The columns of a type, as tables have them.
final class Columns {

  private Columns() {}

  static ArrayNode definitions(ResourceType type) {
    ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
    definitions
        .addObject()
        .put("name", "Name")
        .put("type", "string")
        .put("format", "name")
        .put("description", "")
        .put("priority", 0);
    return definitions;
  }

  static ArrayNode cells(ResourceType type, ObjectNode object, Instant now) {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(object.path("metadata").path("name").asString(""));
  }
}
