package dev.troupe.resources.schema.shape;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a value must be to be taken apart as its shape says, and what is said of one that is not:
/// in the words of structured-merge-diff, which print values as Go does. Null can be anywhere.
public enum ExpectedValue {
  MAP,
  LIST,
  STRING,
  BOOLEAN,
  NUMBER,
  SCALAR,
  ANYTHING;

  /// Null if nothing is wrong.
  public @Nullable String complaint(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return switch (this) {
      case MAP -> value.isObject() ? null : "expected map, got &{" + value + "}";
      case LIST -> value.isArray() ? null : "expected list, got &{" + value + "}";
      case STRING ->
          value.isString()
              ? null
              : "expected string, got &value.valueUnstructured{Value:" + value + "}";
      case BOOLEAN -> value.isBoolean() ? null : "expected boolean, got " + value;
      case NUMBER ->
          value.isNumber() ? null : "expected numeric (int or float), got " + kind(value);
      case SCALAR -> value.isContainer() ? "expected any scalar, got " + value : null;
      case ANYTHING -> null;
    };
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case BOOLEAN -> "bool";
      case ARRAY -> "[]interface {}";
      default -> "map[string]interface {}";
    };
  }
}
