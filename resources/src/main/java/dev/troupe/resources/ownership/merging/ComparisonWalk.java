package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.FieldSetBuilder;
import dev.troupe.resources.ownership.field.PathStep;
import dev.troupe.resources.ownership.field.PathStep.FieldStep;
import dev.troupe.resources.schema.shape.DeducedShape;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One walk through two values side by side.
final class ComparisonWalk {

  private static final List<JsonNode> NONE = List.of();

  private final FieldSetBuilder added = new FieldSetBuilder();
  private final FieldSetBuilder modified = new FieldSetBuilder();
  private final FieldSetBuilder removed = new FieldSetBuilder();

  Comparison run(@Nullable JsonNode before, @Nullable JsonNode after, MergeShape shape) {
    walk(before, after, shape);
    return new Comparison(added.build(), modified.build(), removed.build());
  }

  private void walk(@Nullable JsonNode before, @Nullable JsonNode after, MergeShape shape) {
    if (before instanceof ObjectNode || after instanceof ObjectNode) {
      walkFields(
          before instanceof ObjectNode object ? object : null,
          after instanceof ObjectNode object ? object : null,
          shape);
    } else if (before instanceof ArrayNode || after instanceof ArrayNode) {
      walkItems(before, after, shape);
    }
  }

  private void walkFields(
      @Nullable ObjectNode before, @Nullable ObjectNode after, MergeShape shape) {
    if (before != null) {
      for (var field : before.properties()) {
        var name = field.getKey();
        compare(
            new FieldStep(name),
            field.getValue(),
            after == null ? null : after.get(name),
            fieldShape(shape, name));
      }
    }
    if (after != null) {
      for (var field : after.properties()) {
        var name = field.getKey();
        if (before == null || !before.has(name)) {
          compare(new FieldStep(name), null, field.getValue(), fieldShape(shape, name));
        }
      }
    }
  }

  static MergeShape fieldShape(MergeShape shape, String name) {
    var field = shape.field(name);
    return field == null ? DeducedShape.INSTANCE : field;
  }

  /// Most lists are as they were, which is found out sooner than whose items are whose.
  private void walkItems(@Nullable JsonNode before, @Nullable JsonNode after, MergeShape shape) {
    if (Json.same(before, after)) {
      return;
    }
    var old = ListSteps.index(before, shape);
    var now = ListSteps.index(after, shape);
    old.forEach((step, items) -> compareItems(step, items, now.getOrDefault(step, NONE), shape));
    now.forEach((step, items) -> {
      if (!old.containsKey(step)) {
        compareItems(step, NONE, items, shape);
      }
    });
  }

  /// Items of which there are several are looked at together, as one.
  private void compareItems(
      PathStep step, List<JsonNode> before, List<JsonNode> after, MergeShape shape) {
    if (before.size() <= 1 && after.size() <= 1) {
      compare(
          step,
          before.isEmpty() ? null : before.getFirst(),
          after.isEmpty() ? null : after.getFirst(),
          shape.item());
    } else if (before.size() > 1 && after.size() > 1) {
      modified.add(step, !same(before, after), FieldSet.EMPTY);
    } else if (before.size() > 1) {
      var single = inside(null, after.isEmpty() ? null : after.getFirst(), shape.item());
      added.add(step, false, single.added());
      removed.add(step, true, FieldSet.EMPTY);
    } else {
      var single = inside(before.isEmpty() ? null : before.getFirst(), null, shape.item());
      removed.add(step, false, single.removed());
      added.add(step, true, FieldSet.EMPTY);
    }
  }

  private static boolean same(List<JsonNode> before, List<JsonNode> after) {
    if (before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!Json.same(before.get(i), after.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Comparison inside(
      @Nullable JsonNode before, @Nullable JsonNode after, MergeShape shape) {
    return new ComparisonWalk().run(before, after, shape);
  }

  /// Parts that two objects share are not looked at.
  @SuppressWarnings("ReferenceEquality")
  private void compare(
      PathStep step, @Nullable JsonNode before, @Nullable JsonNode after, MergeShape shape) {
    if (before == after) {
      return;
    }
    if (Leaves.areApart(before, after)) {
      compareApart(step, before, after, shape);
    } else if (Leaves.isLeaf(before, after, shape)) {
      compareLeaf(step, before, after);
    } else {
      var parts = inside(before, after, shape);
      added.add(step, before == null, parts.added());
      modified.add(step, false, parts.modified());
      removed.add(step, after == null, parts.removed());
    }
  }

  private void compareLeaf(PathStep step, @Nullable JsonNode before, @Nullable JsonNode after) {
    if (before == null) {
      added.add(step, true, FieldSet.EMPTY);
    } else if (after == null) {
      removed.add(step, true, FieldSet.EMPTY);
    } else {
      modified.add(step, !Json.same(before, after), FieldSet.EMPTY);
    }
  }

  private void compareApart(
      PathStep step, @Nullable JsonNode before, @Nullable JsonNode after, MergeShape shape) {
    modified.add(step, true, FieldSet.EMPTY);
    if (!Leaves.isLeaf(before, shape)) {
      removed.add(step, false, inside(before, null, shape).removed());
    }
    if (!Leaves.isLeaf(after, shape)) {
      added.add(step, false, inside(null, after, shape).added());
    }
  }
}
