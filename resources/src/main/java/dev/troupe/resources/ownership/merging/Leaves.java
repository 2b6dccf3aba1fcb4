package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.schema.shape.MergeShape;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which values are looked at as a whole.
final class Leaves {

  private Leaves() {}

  /// Whether two values, one of which may be absent, have no parts that would be looked at. A pair
  /// of nothing and an empty object or list is one, so that these are told apart.
  static boolean isLeaf(@Nullable JsonNode one, @Nullable JsonNode other, MergeShape shape) {
    return (isLeaf(one, shape) && isLeaf(other, shape)) || (isEmpty(one) && isEmpty(other));
  }

  static boolean isLeaf(@Nullable JsonNode value, MergeShape shape) {
    if (value == null || !value.isContainer()) {
      return true;
    }
    return value.isObject() ? shape.isAtomicObject() : !ListSteps.isTakenApart(shape);
  }

  private static boolean isEmpty(@Nullable JsonNode value) {
    return value == null || value.isNull() || (value.isContainer() && value.isEmpty());
  }

  /// Whether two values are of different sorts, so that no part of one is a part of the other.
  static boolean areApart(@Nullable JsonNode one, @Nullable JsonNode other) {
    return one != null
        && other != null
        && !one.isNull()
        && !other.isNull()
        && sort(one) != sort(other);
  }

  private static int sort(JsonNode value) {
    return value.isObject() ? 0 : value.isArray() ? 1 : 2;
  }
}
