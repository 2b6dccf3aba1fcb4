package dev.troupe.resources.structural;

import dev.troupe.resources.structural.text.GoText;
import dev.troupe.resources.validation.Path;
import tools.jackson.databind.JsonNode;

/// Whether a value is of the type that its schema wants.
final class TypeCheck {

  /// The largest integer that every number around it is told from.
  private static final double EXACT = (1L << 53) - 1;

  private TypeCheck() {}

  /// @return whether it was looked at, and is right
  static boolean check(JsonNode value, Structural schema, Path name, Findings found) {
    var expected = schema.intOrString() ? "integer,string" : schema.type();
    var format = schema.rules().format();
    if (expected.isEmpty() && format.isEmpty()) {
      return false;
    }
    if (value.isNull()) {
      if (!expected.isEmpty() && !schema.nullable()) {
        found.wrongType(name, expected, "null");
      }
      return false;
    }
    var actual = type(value);
    boolean formed = value.isString() || value.isArray();
    if (!format.isEmpty() && !formed && !isA(value, actual, expected)) {
      found.wrongType(name, format, numberFormat(value));
      return false;
    }
    boolean numeric = expected.contains("integer") || expected.contains("number");
    if (!format.isEmpty() && formed && !numeric) {
      return true;
    }
    if (!isA(value, actual, expected)) {
      found.wrongType(name, expected, actual);
      return false;
    }
    return true;
  }

  private static boolean isA(JsonNode value, String actual, String expected) {
    return switch (actual) {
      case "integer" -> expected.contains("integer") || expected.equals("number");
      case "number" ->
          expected.equals("number")
              || (expected.contains("integer") && isWhole(value.doubleValue()));
      case "string" -> expected.endsWith("string");
      default -> actual.equals(expected);
    };
  }

  private static boolean isWhole(double value) {
    return Math.abs(value) <= EXACT && value == Math.rint(value);
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NUMBER -> GoText.isLong(value) ? "integer" : "number";
      default -> "string";
    };
  }

  private static String numberFormat(JsonNode value) {
    return !value.isNumber() ? "" : GoText.isLong(value) ? "int64" : "float64";
  }
}
