package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.ownership.field.PathStep;
import dev.troupe.resources.ownership.field.PathStep.FieldStep;
import dev.troupe.resources.ownership.field.PathStep.IndexStep;
import dev.troupe.resources.ownership.field.PathStep.KeyStep;
import dev.troupe.resources.ownership.field.PathStep.ValueStep;
import dev.troupe.resources.schema.shape.MergeShape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Finds what is at a path of an object.
public final class FieldValue {

  private FieldValue() {}

  /// Of several items that a step fits, the first counts.
  ///
  /// @param shape of the object, by which the path was made
  public static Optional<JsonNode> of(
      @Nullable JsonNode object, List<PathStep> path, MergeShape shape) {
    var value = object;
    var at = shape;
    for (var step : path) {
      if (value == null) {
        return Optional.empty();
      }
      switch (step) {
        case FieldStep(var name) -> {
          value = value.get(name);
          at = ComparisonWalk.fieldShape(at, name);
        }
        case KeyStep _, ValueStep _ -> {
          var items = ListSteps.index(value, at).get(step);
          value = items == null ? null : items.getFirst();
          at = at.item();
        }
        case IndexStep(int index) -> {
          value = value.get(index);
          at = at.item();
        }
      }
    }
    return Optional.ofNullable(value);
  }
}
