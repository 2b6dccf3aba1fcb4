package dev.troupe.resources.structural;

import dev.troupe.resources.validation.FieldErrors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Schemas and values in few words: JSON with single quotes.
final class Schemata {

  private static final JsonMapper JSON = new JsonMapper();

  private Schemata() {}

  static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  static Structural schema(String text) {
    return Structural.of(object(text));
  }

  /// A resource whose field `x` has a schema.
  static Structural around(String x) {
    return schema(
        "{'type':'object','properties':{'spec':{'type':'object','properties':{'x':" + x + "}}}}");
  }

  static ObjectNode resource(String x) {
    return object(
        "{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'a'},'spec':{'x':"
            + x
            + "}}");
  }

  /// What is wrong with a resource, one line each.
  static String wrong(String schema, String value, @Nullable String old) {
    var errors = new FieldErrors();
    ResourceCheck.whole(
        resource(value), old == null ? null : resource(old), around(schema), errors);
    return String.join("\n", errors.all().stream().map(Object::toString).toList());
  }
}
