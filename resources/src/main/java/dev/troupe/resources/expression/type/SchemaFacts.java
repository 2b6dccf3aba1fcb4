package dev.troupe.resources.expression.type;

import dev.troupe.resources.json.Json;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a structural schema as definitions have it: an object of JSON schema properties.
public final class SchemaFacts {

  private SchemaFacts() {}

  public static String type(@Nullable ObjectNode schema) {
    return Json.text(schema, "type");
  }

  static String format(ObjectNode schema) {
    return Json.text(schema, "format");
  }

  public static Iterable<Map.Entry<String, JsonNode>> properties(ObjectNode schema) {
    return Json.entries(schema, "properties");
  }

  public static boolean hasProperties(ObjectNode schema) {
    var properties = Json.object(schema, "properties");
    return properties != null && !properties.isEmpty();
  }

  public static @Nullable ObjectNode property(ObjectNode schema, String name) {
    return Json.object(Json.object(schema, "properties"), name);
  }

  public static @Nullable ObjectNode items(ObjectNode schema) {
    return Json.object(schema, "items");
  }

  /// The schema of the values of a map.
  public static @Nullable ObjectNode values(ObjectNode schema) {
    return Json.object(schema, "additionalProperties");
  }

  /// Whether a value is an object of Kubernetes inside another one.
  public static boolean isEmbedded(ObjectNode schema) {
    return Json.truth(schema, "x-kubernetes-embedded-resource");
  }

  static boolean isIntOrString(ObjectNode schema) {
    return Json.truth(schema, "x-kubernetes-int-or-string");
  }

  public static String listType(ObjectNode schema) {
    return Json.text(schema, "x-kubernetes-list-type");
  }

  public static List<String> keys(ObjectNode schema) {
    return Json.strings(schema, "x-kubernetes-list-map-keys");
  }

  /// A bound such as `maxItems`; never negative.
  public static OptionalLong bound(ObjectNode schema, String name) {
    var bound = Json.number(schema, name);
    return bound == null ? OptionalLong.empty() : OptionalLong.of(Math.max(bound, 0));
  }
}
