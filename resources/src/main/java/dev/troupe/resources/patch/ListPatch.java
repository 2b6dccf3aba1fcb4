package dev.troupe.resources.patch;

import dev.troupe.resources.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a strategic merge patch says about one list.
///
/// @param items the list in the patch
/// @param order the `$setElementOrder` of the list
/// @param deletions the `$deleteFromPrimitiveList` of the list
/// @param merges whether the list is merged; it is replaced otherwise
/// @param mergeKey the key of its items, empty for a list of scalars
record ListPatch(
    @Nullable ArrayNode items,
    @Nullable ArrayNode order,
    @Nullable ArrayNode deletions,
    boolean merges,
    String mergeKey) {

  /// @return null if there is no list before and after
  @Nullable ArrayNode apply(@Nullable ArrayNode original, Position item) {
    if (items == null && original == null) {
      return null;
    }
    if (items != null && !merges && order == null && deletions == null) {
      return items;
    }
    var live = original == null ? Json.array() : original;
    var patch = items == null ? Json.array() : items;
    var merged = items == null ? list(live) : merge(live, patch, item);
    if (order != null) {
      requireConsistentOrder(patch, order);
      merged = new ElementOrder(keyFor(live, patch), order, live).arrange(merged);
    }
    return array(deletions == null ? merged : without(merged, deletions));
  }

  private List<JsonNode> merge(ArrayNode live, ArrayNode patch, Position item) {
    if (!merges) {
      return list(patch);
    }
    if (live.isEmpty() && patch.isEmpty()) {
      return List.of();
    }
    if (!requireOneType(live, patch)) {
      return mergeScalars(live, patch);
    }
    if (mergeKey.isEmpty()) {
      throw PatchFailure.inapplicable("cannot merge lists without merge key for type struct");
    }
    return mergeObjects(live, patch, item);
  }

  /// Whether the items are objects.
  private static boolean requireOneType(ArrayNode live, ArrayNode patch) {
    Boolean objects = null;
    for (var list : List.of(live, patch)) {
      for (var item : list) {
        if (item.isArray()) {
          throw PatchFailure.inapplicable("lists of lists are not supported");
        }
        if (objects != null && objects != item.isObject()) {
          throw PatchFailure.inapplicable("list element types are not identical");
        }
        objects = item.isObject();
      }
    }
    return Boolean.TRUE.equals(objects);
  }

  private static List<JsonNode> mergeScalars(ArrayNode live, ArrayNode patch) {
    var union = new LinkedHashMap<Object, JsonNode>();
    for (var list : List.of(live, patch)) {
      for (var item : list) {
        var key = Keyed.key(item, "");
        union.putIfAbsent(key == null ? item : key, item);
      }
    }
    return new ElementOrder("", patch, live).arrange(new ArrayList<>(union.values()));
  }

  private List<JsonNode> mergeObjects(ArrayNode live, ArrayNode patch, Position item) {
    var changes = new ArrayList<ObjectNode>();
    var deleted = new HashSet<Object>();
    boolean replaces = false;
    for (var node : patch) {
      var change = (ObjectNode) node;
      var directive = change.get(StrategicMergePatch.PATCH);
      switch (directive == null ? "" : directive.isString() ? directive.stringValue() : "?") {
        case "" -> changes.add(change);
        case "delete" -> deleted.add(requireKey(change));
        case "replace" -> replaces = true;
        case "merge" ->
            throw PatchFailure.inapplicable("merging lists cannot yet be specified in the patch");
        default ->
            throw PatchFailure.inapplicable(
                "unknown patch type: " + directive + " in map: " + change);
      }
    }
    if (replaces) {
      return added(changes, item);
    }
    if (live.isEmpty()) {
      return added(changes, item);
    }
    var merged = mergeChanges(remaining(live, deleted), changes, item);
    return new ElementOrder(mergeKey, List.copyOf(changes), live).arrange(merged);
  }

  private List<JsonNode> remaining(ArrayNode live, HashSet<Object> deleted) {
    var remaining = new ArrayList<JsonNode>(live.size());
    for (var item : live) {
      var key = Keyed.key(item, mergeKey);
      if (key == null || !deleted.contains(key)) {
        remaining.add(item);
      }
    }
    return remaining;
  }

  private List<JsonNode> mergeChanges(
      List<JsonNode> live, List<ObjectNode> changes, Position item) {
    Map<Object, Integer> positions = new HashMap<>();
    for (int i = 0; i < live.size(); i++) {
      var key = Keyed.key(live.get(i), mergeKey);
      if (key != null) {
        positions.putIfAbsent(key, i);
      }
    }
    for (var change : changes) {
      var key = requireKey(change);
      var position = positions.get(key);
      if (position == null) {
        positions.put(key, live.size());
        live.add(StrategicMergePatch.merge(null, change, item));
      } else {
        var existing = (ObjectNode) live.get(position);
        live.set(position, StrategicMergePatch.merge(existing, change, item));
      }
    }
    return live;
  }

  private static List<JsonNode> added(List<ObjectNode> changes, Position item) {
    var added = new ArrayList<JsonNode>(changes.size());
    for (var change : changes) {
      added.add(StrategicMergePatch.merge(null, change, item));
    }
    return added;
  }

  private Object requireKey(ObjectNode change) {
    var key = Keyed.key(change, mergeKey);
    if (key == null) {
      throw PatchFailure.inapplicable(
          "map: " + change + " does not contain declared merge key: " + mergeKey);
    }
    return key;
  }

  /// The order must name every item of the patch, in the order in which the patch has them.
  private void requireConsistentOrder(ArrayNode patch, ArrayNode wanted) {
    int next = 0;
    for (var item : patch) {
      if (item.has(StrategicMergePatch.PATCH)) {
        continue;
      }
      var key = Keyed.key(item, item.isObject() ? mergeKey : "");
      while (next < wanted.size() && !hasKey(wanted.get(next), key)) {
        next++;
      }
      if (next == wanted.size()) {
        throw PatchFailure.inapplicable(
            "The order in patch list:\n"
                + patch
                + "\n doesn't match $setElementOrder list:\n"
                + wanted
                + "\n");
      }
    }
  }

  private boolean hasKey(JsonNode entry, @Nullable Object key) {
    var other = Keyed.key(entry, entry.isObject() ? mergeKey : "");
    return other != null && other.equals(key);
  }

  private String keyFor(ArrayNode live, ArrayNode patch) {
    var sample = live.isEmpty() ? patch.get(0) : live.get(0);
    return sample != null && sample.isObject() ? mergeKey : "";
  }

  private static List<JsonNode> without(List<JsonNode> list, ArrayNode deletions) {
    var keys = new HashSet<Object>();
    for (var deletion : deletions) {
      var key = Keyed.key(deletion, "");
      if (key != null) {
        keys.add(key);
      }
    }
    var kept = new ArrayList<>(list);
    kept.removeIf(item -> {
      var key = Keyed.key(item, "");
      return key != null && keys.contains(key);
    });
    return kept;
  }

  private static List<JsonNode> list(ArrayNode array) {
    var list = new ArrayList<JsonNode>(array.size());
    for (var item : array) {
      list.add(item);
    }
    return list;
  }

  private static ArrayNode array(List<JsonNode> list) {
    var array = Json.array();
    for (var item : list) {
      array.add(item);
    }
    return array;
  }
}
