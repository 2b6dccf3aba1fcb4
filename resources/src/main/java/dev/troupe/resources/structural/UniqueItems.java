package dev.troupe.resources.structural;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.structural.text.GoText;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists that are sets or maps: nothing is in them twice.
final class UniqueItems {

  private UniqueItems() {}

  static void check(JsonNode value, Structural schema, Path path, FieldErrors errors) {
    if (value instanceof ArrayNode list) {
      switch (schema.listType()) {
        case SET -> duplicates(list, null, path, errors);
        case MAP -> map(list, schema.mapKeys(), path, errors);
        case ATOMIC, NONE -> {}
      }
    }
    schema.below(value, path, (below, its, at) -> check(below, its, at, errors));
  }

  private static void map(ArrayNode list, List<String> keys, Path path, FieldErrors errors) {
    for (int i = 0; i < list.size(); i++) {
      if (!list.get(i).isObject() && !list.get(i).isNull()) {
        errors.invalid(
            path.item(i),
            GoText.of(list.get(i)),
            "must be an object for an array of list-type map");
        return;
      }
    }
    duplicates(list, keys, path, errors);
  }

  /// @param keys null if items are compared as a whole
  private static void duplicates(
      ArrayNode list, @Nullable List<String> keys, Path path, FieldErrors errors) {
    Map<Object, Integer> seen = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      var item = keys == null ? list.get(i) : keyed(list.get(i), keys);
      if (seen.merge(canonical(item), 1, Integer::sum) == 2) {
        errors.duplicate(path.item(i), GoText.of(item));
      }
    }
  }

  private static JsonNode keyed(JsonNode item, List<String> keys) {
    var key = Json.object();
    for (var name : keys) {
      var value = item.get(name);
      if (value != null) {
        key.set(name, value);
      }
    }
    return key;
  }

  /// Equal for values that are equal, whatever the order of their fields.
  private static Object canonical(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        var sorted = new TreeMap<String, Object>();
        object
            .properties()
            .forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
        yield sorted;
      }
      case ArrayNode list -> {
        var all = new ArrayList<Object>(list.size());
        list.forEach(item -> all.add(canonical(item)));
        yield all;
      }
      default -> value.isNumber() ? new GoText.Bare(GoText.of(value).toString()) : value;
    };
  }
}
