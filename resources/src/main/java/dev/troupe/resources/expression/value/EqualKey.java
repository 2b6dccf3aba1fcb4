package dev.troupe.resources.expression.value;

import java.util.List;
import java.util.Map;

/// A value as the key of a map whose keys are the same if expressions find them equal.
record EqualKey(Object value) {

  @Override
  public boolean equals(Object other) {
    return other instanceof EqualKey(var its) && Equality.same(value, its);
  }

  @Override
  public int hashCode() {
    return switch (value) {
      case Number number -> Double.hashCode(number.doubleValue());
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> value.hashCode();
    };
  }
}
