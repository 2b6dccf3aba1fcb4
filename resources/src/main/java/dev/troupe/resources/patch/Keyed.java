package dev.troupe.resources.patch;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What identifies an item of a list that is merged: the value of its merge key, or the item itself
/// in a list of scalars.
final class Keyed {

  private Keyed() {}

  /// Something with `equals`; null if the item has no key.
  static @Nullable Object key(JsonNode item, String mergeKey) {
    var value = mergeKey.isEmpty() ? item : Json.get(item, mergeKey);
    if (value == null || value.isContainer()) {
      return null;
    }
    if (value.isNumber()) {
      return value.isIntegralNumber() && value.canConvertToLong()
          ? (Object) value.longValue()
          : (Object) value.numberValue().doubleValue();
    }
    return value.isString() ? value.stringValue() : value;
  }
}
