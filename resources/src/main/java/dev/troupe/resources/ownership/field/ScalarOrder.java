package dev.troupe.resources.ownership.field;

import tools.jackson.databind.JsonNode;

/// The order of scalar values: numbers by value, then strings, then booleans.
final class ScalarOrder {

  private ScalarOrder() {}

  static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.isIntegralNumber() && other.isIntegralNumber()
          ? one.bigIntegerValue().compareTo(other.bigIntegerValue())
          : Double.compare(one.doubleValue(), other.doubleValue());
    }
    if (one.isString() && other.isString()) {
      return one.stringValue().compareTo(other.stringValue());
    }
    if (one.isBoolean() && other.isBoolean()) {
      return Boolean.compare(one.booleanValue(), other.booleanValue());
    }
    int order = Integer.compare(rank(one), rank(other));
    return order != 0 ? order : one.toString().compareTo(other.toString());
  }

  private static int rank(JsonNode value) {
    return value.isNumber() ? 0 : value.isString() ? 1 : value.isBoolean() ? 2 : 3;
  }
}
