package dev.troupe.resources.defaults;

import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// Sets a field unless it is given.
public final class Given {

  private Given() {}

  public static void orElse(ObjectNode object, String field, String value) {
    if (Json.text(object, field).isEmpty() && !isOtherType(object, field)) {
      object.put(field, value);
    }
  }

  /// For fields where zero means "not given".
  public static void nonZeroOrElse(ObjectNode object, String field, int value) {
    if (Json.number(object, field, 0) == 0) {
      object.put(field, value);
    }
  }

  /// For fields where zero is a value.
  public static void orElse(ObjectNode object, String field, int value) {
    if (!Json.has(object, field)) {
      object.put(field, value);
    }
  }

  public static void orElse(ObjectNode object, String field, boolean value) {
    if (!Json.has(object, field)) {
      object.put(field, value);
    }
  }

  private static boolean isOtherType(ObjectNode object, String field) {
    var value = Json.get(object, field);
    return value != null && !value.isString();
  }
}
