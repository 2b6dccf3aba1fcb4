package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A model of ownership that knows neither trees nor sets of paths: an object is a table of leaves,
/// and whoever has said one of them owns it.
final class OwnedLeaves {

  private final JsonNode schema;
  private final Map<String, Set<String>> owners = new HashMap<>();
  private Map<String, String> live = Map.of();

  OwnedLeaves(JsonNode schema) {
    this.schema = schema;
  }

  Map<String, String> live() {
    return live;
  }

  /// Those from whom an applier would take something.
  Set<String> conflicts(String applier, ObjectNode wanted) {
    var leaves = leaves(wanted);
    return owners.entrySet().stream()
        .filter(each -> !each.getKey().equals(applier))
        .filter(each ->
            each.getValue().stream()
                .anyMatch(leaf -> leaves.containsKey(leaf) && differs(leaf, leaves)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private boolean differs(String leaf, Map<String, String> others) {
    return !Objects.equals(others.get(leaf), live.get(leaf));
  }

  void apply(String applier, ObjectNode wanted) {
    var leaves = leaves(wanted);
    var next = new TreeMap<>(live);
    var before = owners.getOrDefault(applier, Set.of());
    owners.put(applier, new HashSet<>(leaves.keySet()));
    for (var leaf : before) {
      if (owners.values().stream().noneMatch(owned -> owned.contains(leaf))) {
        remove(next, leaf);
      }
    }
    for (var leaf : leaves.keySet()) {
      if (differs(leaf, leaves)) {
        owners.forEach((who, owned) -> drop(applier, who, owned, leaf));
      }
    }
    next.putAll(leaves);
    live = next;
    owners.values().forEach(owned -> owned.retainAll(next.keySet()));
  }

  /// An item goes with all that it has, whoever has said that.
  private static void remove(Map<String, String> live, String leaf) {
    live.keySet().removeIf(each -> each.equals(leaf) || each.startsWith(leaf + "."));
  }

  void update(String writer, ObjectNode object) {
    var leaves = leaves(object);
    for (var leaf : leaves.keySet()) {
      if (differs(leaf, leaves)) {
        owners.forEach((who, owned) -> drop(writer, who, owned, leaf));
        owners.computeIfAbsent(writer, _ -> new HashSet<>()).add(leaf);
      }
    }
    owners.values().forEach(owned -> owned.retainAll(leaves.keySet()));
    live = leaves;
  }

  private static void drop(String heir, String who, Set<String> owned, String leaf) {
    if (!who.equals(heir)) {
      owned.remove(leaf);
    }
  }

  Map<String, String> leaves(ObjectNode object) {
    var leaves = new TreeMap<String, String>();
    collect(object.path("spec"), schema, "spec", leaves);
    return leaves;
  }

  private static void collect(
      JsonNode value, JsonNode schema, String path, Map<String, String> into) {
    var kind =
        Json.text(schema, "x-kubernetes-list-type") + Json.text(schema, "x-kubernetes-map-type");
    if (value instanceof ObjectNode object && !kind.equals("atomic")) {
      for (var field : object.properties()) {
        var below = schema.path("properties").path(field.getKey());
        collect(field.getValue(), below, path + "." + field.getKey(), into);
      }
    } else if (kind.equals("set")) {
      value.forEach(item -> into.put(path + "[=" + item + "]", ""));
    } else if (kind.equals("map")) {
      for (var item : value) {
        var at = path + "[" + item.path("k") + "]";
        into.put(at, "");
        collect(item, schema.path("items"), at, into);
      }
    } else if (!value.isMissingNode()) {
      into.put(path, value.toString());
    }
  }
}
