package dev.troupe.resources.expression;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether something is as it was before: itself, if it can be told which value it was, or the next
/// thing around it of which that can be told.
///
/// @param before null if it cannot be told
/// @param around null for an object as a whole
record Ratchet(JsonNode value, @Nullable JsonNode before, @Nullable Ratchet around) {

  static Ratchet root(JsonNode value, @Nullable JsonNode before) {
    return new Ratchet(value, before, null);
  }

  boolean isSame() {
    if (before != null) {
      return Json.same(value, before);
    }
    return around != null && around.isSame();
  }

  Ratchet field(String name, @Nullable JsonNode old) {
    if (before == null) {
      return this;
    }
    if (around == null && (name.equals("apiVersion") || name.equals("kind"))) {
      return new Ratchet(value.path(name), null, null);
    }
    return new Ratchet(value.path(name), old, this);
  }

  Ratchet item(JsonNode item, @Nullable JsonNode old) {
    return before == null ? this : new Ratchet(item, old, this);
  }

  /// For what is said in addition, only what is around counts.
  Ratchet ofParent() {
    return around == null ? new Ratchet(value, null, null) : around;
  }
}
