package dev.troupe.resources.structural;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.structural.Structural.Others;
import dev.troupe.resources.structural.text.Formats;
import dev.troupe.resources.structural.text.TextPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads schemas as definitions have them. Equal expressions are compiled once.
final class StructuralReader {

  private static final Others UNKNOWN = new Others.Unknown();
  private static final Others FORBIDDEN = new Others.Forbidden();
  private static final Others ANY = new Others.Any();

  private final Map<String, TextPattern> patterns = new LinkedHashMap<>();

  Structural read(ObjectNode schema) {
    var properties = properties(schema);
    var others = others(schema);
    var items = Json.object(schema, "items");
    var item = items == null ? null : read(items);
    var defaultValue = Json.get(schema, "default");
    return new Structural(
        Json.text(schema, "type"),
        Json.truth(schema, "x-kubernetes-int-or-string"),
        Json.truth(schema, "x-kubernetes-preserve-unknown-fields"),
        Json.truth(schema, "x-kubernetes-embedded-resource"),
        Json.truth(schema, "nullable"),
        defaultValue,
        properties,
        others,
        item,
        listType(Json.text(schema, "x-kubernetes-list-type")),
        List.copyOf(Json.strings(schema, "x-kubernetes-list-map-keys")),
        Json.text(schema, "x-kubernetes-map-type").equals("atomic"),
        defaultValue != null || haveDefaults(properties, others, item),
        rules(schema));
  }

  private static boolean haveDefaults(
      Map<String, Structural> properties, Others others, @Nullable Structural item) {
    return properties.values().stream().anyMatch(Structural::defaults)
        || (others instanceof Others.Typed(var value) && value.defaults())
        || (item != null && item.defaults());
  }

  private Map<String, Structural> properties(ObjectNode schema) {
    var properties = new LinkedHashMap<String, Structural>();
    var all = Json.object(schema, "properties");
    if (all != null) {
      for (var property : all.properties()) {
        if (property.getValue() instanceof ObjectNode node) {
          properties.put(property.getKey(), read(node));
        }
      }
    }
    return java.util.Collections.unmodifiableMap(properties);
  }

  private Others others(ObjectNode schema) {
    var value = Json.get(schema, "additionalProperties");
    if (value instanceof ObjectNode node) {
      return new Others.Typed(read(node));
    }
    return value == null ? UNKNOWN : value.asBoolean(false) ? ANY : FORBIDDEN;
  }

  private static ListType listType(String text) {
    return switch (text) {
      case "atomic" -> ListType.ATOMIC;
      case "set" -> ListType.SET;
      case "map" -> ListType.MAP;
      default -> ListType.NONE;
    };
  }

  private ValueRules rules(ObjectNode schema) {
    var not = Json.object(schema, "not");
    return new ValueRules(
        Formats.known(
            Json.text(schema, "format"),
            Json.text(schema, "type"),
            Json.truth(schema, "x-kubernetes-int-or-string")),
        number(schema, "maximum"),
        Json.truth(schema, "exclusiveMaximum"),
        number(schema, "minimum"),
        Json.truth(schema, "exclusiveMinimum"),
        number(schema, "multipleOf"),
        Json.number(schema, "maxLength"),
        Json.number(schema, "minLength"),
        pattern(Json.text(schema, "pattern")),
        Json.number(schema, "maxItems"),
        Json.number(schema, "minItems"),
        Json.truth(schema, "uniqueItems"),
        Json.number(schema, "maxProperties"),
        Json.number(schema, "minProperties"),
        List.copyOf(Json.strings(schema, "required")),
        values(schema),
        all(schema, "allOf"),
        all(schema, "anyOf"),
        all(schema, "oneOf"),
        not == null ? null : read(not));
  }

  private static List<JsonNode> values(ObjectNode schema) {
    var values = new ArrayList<JsonNode>();
    var list = Json.list(schema, "enum");
    if (list != null) {
      list.forEach(values::add);
    }
    return List.copyOf(values);
  }

  private List<Structural> all(ObjectNode schema, String field) {
    return Json.objects(schema, field).stream().map(this::read).toList();
  }

  private @Nullable TextPattern pattern(String text) {
    return text.isEmpty() ? null : patterns.computeIfAbsent(text, TextPattern::of);
  }

  private static @Nullable Double number(ObjectNode schema, String field) {
    var value = Json.get(schema, field);
    return value != null && value.isNumber() ? (Double) value.doubleValue() : null;
  }
}
