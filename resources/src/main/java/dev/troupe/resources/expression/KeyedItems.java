package dev.troupe.resources.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The items of a list as they were, by the keys that tell which is which.
record KeyedItems(List<String> keys, Map<List<JsonNode>, JsonNode> items) {

  static KeyedItems of(List<String> keys, @Nullable JsonNode old) {
    var items = new HashMap<List<JsonNode>, JsonNode>();
    if (!keys.isEmpty() && old instanceof ArrayNode list) {
      for (var item : list) {
        var key = key(keys, item);
        if (key != null) {
          items.putIfAbsent(key, item);
        }
      }
    }
    return new KeyedItems(keys, items);
  }

  @Nullable JsonNode get(JsonNode item) {
    var key = items.isEmpty() ? null : key(keys, item);
    return key == null ? null : items.get(key);
  }

  /// Null if an item lacks one of its keys.
  private static @Nullable List<JsonNode> key(List<String> keys, JsonNode item) {
    return keys.stream().allMatch(item::has)
        ? keys.stream().<JsonNode>map(item::path).toList()
        : null;
  }
}
