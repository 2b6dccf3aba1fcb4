package dev.troupe.apiserver.encoding;

import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The columns of a type, as tables have them.
final class TableColumns {

  private TableColumns() {}

  /// The table of one object that is not stored in this form.
  static ObjectNode table(TableBuilder builder, ObjectNode object, String version, Instant now) {
    var table =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "Table")
            .put("apiVersion", "meta.k8s.io/" + version);
    var metadata = object.path("metadata");
    table.putObject("metadata").set("resourceVersion", metadata.path("resourceVersion"));
    table.set("columnDefinitions", definitions(builder));
    var row = table.putArray("rows").addObject();
    row.set("cells", cells(builder.cells(object, now)));
    row.putObject("object")
        .put("kind", MetadataForm.KIND)
        .put("apiVersion", "meta.k8s.io/" + version)
        .set("metadata", metadata);
    return table;
  }

  static ArrayNode definitions(TableBuilder builder) {
    ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
    for (Column column : builder.columns()) {
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

  /// @param object in the stored version
  static ArrayNode cells(TableBuilder builder, ObjectNode object, Instant now) {
    return cells(builder.cells(object, now));
  }

  private static ArrayNode cells(List<Object> values) {
    ArrayNode cells = JsonNodeFactory.instance.arrayNode(values.size());
    for (Object value : values) {
      switch (value) {
        case Integer number -> cells.add(number);
        case Long number -> cells.add(number);
        case Boolean flag -> cells.add(flag);
        case JsonNode node -> cells.add(node);
        default -> cells.add(value.toString());
      }
    }
    return cells;
  }
}
