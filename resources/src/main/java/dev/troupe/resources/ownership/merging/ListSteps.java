package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.ownership.field.PathStep;
import dev.troupe.resources.ownership.field.PathStep.IndexStep;
import dev.troupe.resources.ownership.field.PathStep.KeyStep;
import dev.troupe.resources.ownership.field.PathStep.KeyValue;
import dev.troupe.resources.ownership.field.PathStep.ValueStep;
import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// How the items of a list that is taken apart are told apart.
final class ListSteps {

  private ListSteps() {}

  static boolean isTakenApart(MergeShape list) {
    return list.listType() == ListType.MAP || list.listType() == ListType.SET;
  }

  /// Null if the item cannot be told from others.
  static @Nullable PathStep of(JsonNode item, MergeShape list) {
    if (list.listType() == ListType.SET) {
      return item.isContainer() || item.isNull() ? null : new ValueStep(item);
    }
    if (!item.isObject()) {
      return null;
    }
    var keys = new ArrayList<KeyValue>(list.listKeys().size());
    for (var name : list.listKeys()) {
      var given = item.get(name);
      var value = given == null ? list.item().defaultOf(name) : given;
      if (value != null) {
        keys.add(new KeyValue(name, value));
      }
    }
    return keys.isEmpty() ? null : new KeyStep(keys);
  }

  /// One that can be stepped to whatever it is.
  static PathStep of(JsonNode item, MergeShape list, int index) {
    var step = of(item, list);
    return step == null ? new IndexStep(index) : step;
  }

  /// Why [#of] has found nothing.
  static String complaint(JsonNode item, MergeShape list) {
    if (list.listType() == ListType.SET) {
      return item.isObject()
          ? "associative list without keys has an element that's a map type"
          : item.isArray()
              ? "not supported: associative list with lists as elements"
              : "associative list without keys has an element that's an explicit null";
    }
    if (item.isNull()) {
      return "associative list with keys may not have a null element";
    }
    return item.isObject()
        ? "associative list with keys has an element that omits all key fields %s (and doesn't have default values for any key fields)"
            .formatted(quoted(list.listKeys()))
        : "associative list with keys may not have non-map elements";
  }

  private static String quoted(List<String> keys) {
    return "[\"" + String.join("\" \"", keys) + "\"]";
  }

  /// The items by step; several under one if they are the same to the list.
  static Map<PathStep, List<JsonNode>> index(@Nullable JsonNode list, MergeShape shape) {
    if (!(list instanceof ArrayNode items) || items.isEmpty()) {
      return Map.of();
    }
    var index = new TreeMap<PathStep, List<JsonNode>>();
    for (int i = 0; i < items.size(); i++) {
      var item = items.get(i);
      index.computeIfAbsent(of(item, shape, i), _ -> new ArrayList<>(1)).add(item);
    }
    return index;
  }
}
