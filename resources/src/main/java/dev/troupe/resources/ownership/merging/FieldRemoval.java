package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.PathStep.FieldStep;
import dev.troupe.resources.schema.shape.MergeShape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes fields and items out of an object. A list or map of which nothing is left is null.
public final class FieldRemoval {

  private FieldRemoval() {}

  /// @return parts are shared
  public static ObjectNode of(ObjectNode object, FieldSet fields, MergeShape shape) {
    return fields.isEmpty() ? object : withoutFields(object, fields, shape);
  }

  private static JsonNode remove(JsonNode value, FieldSet fields, MergeShape shape) {
    if (fields.isEmpty() || !value.isContainer()) {
      return value;
    }
    if (Leaves.isLeaf(value, shape)) {
      return NullNode.getInstance();
    }
    var left =
        value instanceof ArrayNode list
            ? withoutItems(list, fields, shape)
            : withoutFields((ObjectNode) value, fields, shape);
    return left.isEmpty() ? NullNode.getInstance() : left;
  }

  private static ObjectNode withoutFields(ObjectNode object, FieldSet fields, MergeShape shape) {
    var left = Json.object();
    for (var field : object.properties()) {
      var name = field.getKey();
      var step = new FieldStep(name);
      if (!fields.has(step)) {
        var inside = ComparisonWalk.fieldShape(shape, name);
        left.set(name, remove(field.getValue(), fields.below(step), inside));
      }
    }
    return left;
  }

  private static ArrayNode withoutItems(ArrayNode list, FieldSet fields, MergeShape shape) {
    var left = Json.array();
    for (int i = 0; i < list.size(); i++) {
      var item = list.get(i);
      var step = ListSteps.of(item, shape, i);
      if (!fields.has(step)) {
        left.add(remove(item, fields.below(step), shape.item()));
      }
    }
    return left;
  }
}
