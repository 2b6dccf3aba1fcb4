package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.FieldSetBuilder;
import dev.troupe.resources.ownership.field.PathStep;
import dev.troupe.resources.ownership.field.PathStep.FieldStep;
import dev.troupe.resources.schema.shape.MergeShape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields that whoever applies an object owns by it.
public final class OwnedFields {

  private OwnedFields() {}

  /// All leaves, all items of lists that are taken apart, and the keys of maps.
  public static FieldSet of(JsonNode value, MergeShape shape) {
    if (Leaves.isLeaf(value, shape)) {
      return FieldSet.EMPTY;
    }
    if (value instanceof ObjectNode object) {
      return ofFields(object, shape);
    }
    return value instanceof ArrayNode list ? ofItems(list, shape) : FieldSet.EMPTY;
  }

  private static FieldSet ofFields(ObjectNode object, MergeShape shape) {
    var set = new FieldSetBuilder();
    for (var field : object.properties()) {
      var name = field.getKey();
      var value = field.getValue();
      var inside = ComparisonWalk.fieldShape(shape, name);
      boolean empty = value.isObject() && value.isEmpty();
      boolean itself = empty || Leaves.isLeaf(value, inside) || !shape.declares(name);
      set.add(new FieldStep(name), itself, of(value, inside));
    }
    return set.build();
  }

  private static FieldSet ofItems(ArrayNode list, MergeShape shape) {
    var set = new FieldSetBuilder();
    ListSteps.index(list, shape)
        .forEach((step, items) ->
            set.add(
                step,
                true,
                items.size() == 1 ? of(items.getFirst(), shape.item()) : FieldSet.EMPTY));
    return set.build();
  }

  /// The fields of a type and the paths below them: with the objects around, which are not owned by
  /// themselves, but keys of maps and items of lists without those.
  public static FieldSet named(FieldSet set, MergeShape shape) {
    var named = new FieldSetBuilder();
    set.forEachStep((step, member, below) -> {
      switch (step) {
        case FieldStep(var name) ->
            named.add(
                step,
                member || (!below.isEmpty() && shape.declares(name)),
                named(below, ComparisonWalk.fieldShape(shape, name)));
        case PathStep.KeyStep _ -> named.add(step, member, named(below, shape.item()));
        case PathStep.ValueStep _, PathStep.IndexStep _ -> named.add(step, member, below);
      }
    });
    return named.build();
  }
}
