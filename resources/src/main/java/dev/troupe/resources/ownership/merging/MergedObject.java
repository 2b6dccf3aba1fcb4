package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.ownership.field.PathStep;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an object becomes when another one is merged into it: nothing goes, what both have is as
/// the merged one has it. Items of lists stand as in the merged one, those that it does not have
/// between them as before. Parts are shared with both.
public final class MergedObject {

  private MergedObject() {}

  public static ObjectNode of(ObjectNode live, ObjectNode applied, MergeShape shape) {
    return fields(live, applied, shape);
  }

  private static JsonNode merge(@Nullable JsonNode live, JsonNode applied, MergeShape shape) {
    if (live == null || Leaves.areApart(live, applied) || Leaves.isLeaf(live, applied, shape)) {
      return applied;
    }
    if (live instanceof ObjectNode into) {
      return applied instanceof ObjectNode object ? fields(into, object, shape) : live;
    }
    if (live instanceof ArrayNode into) {
      return applied instanceof ArrayNode list ? new ItemMerge(into, list, shape).run() : live;
    }
    return applied;
  }

  private static ObjectNode fields(ObjectNode live, ObjectNode applied, MergeShape shape) {
    var merged = Json.shallow(live);
    for (var field : applied.properties()) {
      var name = field.getKey();
      merged.set(
          name, merge(live.get(name), field.getValue(), ComparisonWalk.fieldShape(shape, name)));
    }
    return merged;
  }

  /// One merge of two lists, item by item.
  private static final class ItemMerge {

    private final MergeShape shape;
    private final ArrayNode before;
    private final List<PathStep> oldSteps = new ArrayList<>();
    private final List<PathStep> newSteps = new ArrayList<>();
    private final Map<PathStep, List<JsonNode>> old;
    private final Map<PathStep, List<JsonNode>> wanted;
    private final TreeSet<PathStep> done = new TreeSet<>();
    private final ArrayNode merged = Json.array();
    private int next;

    ItemMerge(ArrayNode before, ArrayNode applied, MergeShape shape) {
      this.shape = shape;
      this.before = before;
      old = ListSteps.index(before, shape);
      wanted = ListSteps.index(applied, shape);
      steps(before, oldSteps);
      steps(applied, newSteps);
    }

    private void steps(ArrayNode list, List<PathStep> steps) {
      for (int i = 0; i < list.size(); i++) {
        steps.add(ListSteps.of(list.get(i), shape, i));
      }
    }

    /// Before each item comes what only the old list had before the next item that both have.
    ArrayNode run() {
      int at = 0;
      for (var step : newSteps) {
        at = keepFrom(at);
        if (at < oldSteps.size() && oldSteps.get(at).compareTo(step) == 0) {
          at++;
        }
        add(step);
      }
      keepFrom(at);
      return merged;
    }

    /// Keeps items that only the old list has, up to the next that is still to come. Those of both
    /// that have been, or come later than that, are passed.
    private int keepFrom(int from) {
      var end = nextOfBoth();
      int at = from;
      while (at < oldSteps.size() && (end == null || oldSteps.get(at).compareTo(end) != 0)) {
        if (!wanted.containsKey(oldSteps.get(at))) {
          merged.add(before.get(at));
        }
        at++;
      }
      return at;
    }

    private @Nullable PathStep nextOfBoth() {
      while (next < newSteps.size()
          && (done.contains(newSteps.get(next)) || !old.containsKey(newSteps.get(next)))) {
        next++;
      }
      return next == newSteps.size() ? null : newSteps.get(next);
    }

    /// What the old list has twice is not merged but replaced.
    private void add(PathStep step) {
      if (!done.add(step)) {
        return;
      }
      var mine = wanted.getOrDefault(step, List.of()).getLast();
      var there = old.getOrDefault(step, List.of());
      merged.add(there.size() == 1 ? merge(there.getFirst(), mine, shape.item()) : mine);
    }
  }
}
