package dev.troupe.resources.kind.definition.schema;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.structural.text.Formats;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a schema says and means nothing by.
public final class SchemaWarnings {

  private SchemaWarnings() {}

  public static List<String> of(ObjectNode definition) {
    var texts = new TreeSet<String>();
    for (var version : Json.objects(Json.object(definition, "spec"), "versions")) {
      var schema = Json.object(Json.object(version, "schema"), "openAPIV3Schema");
      if (schema != null) {
        look(schema, texts);
      }
    }
    return List.copyOf(texts);
  }

  private static void look(JsonNode node, Set<String> texts) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    var format = Json.text(schema, "format");
    if (!Formats.isRecognized(format, Json.text(schema, "type"))) {
      texts.add("unrecognized format \"" + format + "\"");
    }
    var of = Json.text(Json.object(schema, "items"), "type");
    if (Json.text(schema, "x-kubernetes-list-type").equals("set")
        && (of.equals("object") || of.equals("array"))) {
      texts.add(
          "x-kubernetes-list-type: set for items of type \""
              + of
              + "\" is not supported by server-side apply or CEL validation rules");
    }
    for (var field : List.of("items", "additionalProperties", "not")) {
      look(schema.path(field), texts);
    }
    for (var field : List.of("properties", "allOf", "anyOf", "oneOf")) {
      schema.path(field).forEach(each -> look(each, texts));
    }
  }
}
