package dev.troupe.resources.patch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The order of a merged list: items that the patch speaks of in the patch's order, the others in
/// the order they had, and both interleaved as they were before.
final class ElementOrder {

  private final String mergeKey;
  private final Map<Object, Integer> wanted;
  private final Map<Object, Integer> live;

  /// @param wanted items, or objects with just the merge key, in the order that is asked for
  /// @param live the items before the patch
  ElementOrder(String mergeKey, Iterable<JsonNode> wanted, Iterable<JsonNode> live) {
    this.mergeKey = mergeKey;
    this.wanted = positions(wanted);
    this.live = positions(live);
  }

  List<JsonNode> arrange(List<JsonNode> merged) {
    var asked = new ArrayList<JsonNode>();
    var others = new ArrayList<JsonNode>();
    for (var item : merged) {
      (position(wanted, item) == null ? others : asked).add(item);
    }
    asked.sort(Comparator.comparingInt(item -> orLast(position(wanted, item))));
    others.sort(Comparator.comparingInt(item -> orLast(position(live, item))));
    return interleave(others, asked);
  }

  private List<JsonNode> interleave(List<JsonNode> others, List<JsonNode> asked) {
    var all = new ArrayList<JsonNode>(others.size() + asked.size());
    int next = 0;
    for (var item : asked) {
      while (next < others.size() && wasBefore(others.get(next), item)) {
        all.add(others.get(next++));
      }
      all.add(item);
    }
    all.addAll(others.subList(next, others.size()));
    return all;
  }

  private boolean wasBefore(JsonNode one, JsonNode other) {
    var first = position(live, one);
    var second = position(live, other);
    return first != null && second != null && first < second;
  }

  private @Nullable Integer position(Map<Object, Integer> positions, JsonNode item) {
    var key = Keyed.key(item, mergeKey);
    return key == null ? null : positions.get(key);
  }

  private static int orLast(@Nullable Integer position) {
    return position == null ? Integer.MAX_VALUE : position;
  }

  private Map<Object, Integer> positions(Iterable<JsonNode> items) {
    var positions = new HashMap<Object, Integer>();
    int position = 0;
    for (var item : items) {
      var key = Keyed.key(item, mergeKey);
      if (key != null) {
        positions.putIfAbsent(key, position);
      }
      position++;
    }
    return positions;
  }
}
