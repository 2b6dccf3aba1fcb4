package dev.troupe.resources.ownership.field;

import dev.troupe.resources.validation.FieldErrors;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One step from a value to one of its parts. Steps are ordered: fields, items by key, items by
/// value, items by index.
public sealed interface PathStep extends Comparable<PathStep> {

  /// The field of an object, or the value of a map under a key.
  record FieldStep(String name) implements PathStep {

    @Override
    public String toString() {
      return "." + name;
    }
  }

  /// The item of a list that has these values.
  ///
  /// @param keys by name, ascending; without those that the item does not have
  record KeyStep(List<KeyValue> keys) implements PathStep {

    public KeyStep {
      keys = keys.stream().sorted(Comparator.comparing(KeyValue::name)).toList();
    }

    @Override
    public String toString() {
      var text = new StringBuilder("[");
      for (var key : keys) {
        text.append(text.length() > 1 ? "," : "").append(key.name()).append('=');
        text.append(words(key.value()));
      }
      return text.append(']').toString();
    }
  }

  /// @param value no object or list
  record KeyValue(String name, JsonNode value) {}

  /// The item of a set that is this.
  ///
  /// @param value no object or list
  record ValueStep(JsonNode value) implements PathStep {

    @Override
    public String toString() {
      return "[=" + words(value) + "]";
    }
  }

  /// The item of a list at a place.
  record IndexStep(int index) implements PathStep {

    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }

  /// The step as messages write it.
  @Override
  String toString();

  private int rank() {
    return switch (this) {
      case FieldStep _ -> 0;
      case KeyStep _ -> 1;
      case ValueStep _ -> 2;
      case IndexStep _ -> 3;
    };
  }

  @Override
  default int compareTo(PathStep other) {
    if (this instanceof FieldStep(var mine) && other instanceof FieldStep(var theirs)) {
      return mine.compareTo(theirs);
    }
    if (this instanceof KeyStep(var mine) && other instanceof KeyStep(var theirs)) {
      return compare(mine, theirs);
    }
    if (this instanceof ValueStep(var mine) && other instanceof ValueStep(var theirs)) {
      return ScalarOrder.compare(mine, theirs);
    }
    if (this instanceof IndexStep(var mine) && other instanceof IndexStep(var theirs)) {
      return Integer.compare(mine, theirs);
    }
    return Integer.compare(rank(), other.rank());
  }

  private static int compare(List<KeyValue> mine, List<KeyValue> theirs) {
    int common = Math.min(mine.size(), theirs.size());
    for (int i = 0; i < common; i++) {
      int order = mine.get(i).name().compareTo(theirs.get(i).name());
      if (order == 0) {
        order = ScalarOrder.compare(mine.get(i).value(), theirs.get(i).value());
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(mine.size(), theirs.size());
  }

  private static String words(JsonNode value) {
    return value.isString() ? FieldErrors.quoted(value.stringValue()) : value.toString();
  }
}
