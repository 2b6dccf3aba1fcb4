package dev.troupe.resources.expression;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether something is as it was before: itself, if it can be told which value it was, or the next
/// thing around it of which that can be told.
///
/// @param before null if it cannot be told
/// @param around null for an object as a whole
record Likeness(JsonNode value, @Nullable JsonNode before, @Nullable Likeness around) {

  static Likeness root(JsonNode value, @Nullable JsonNode before) {
    return new Likeness(value, before, null);
  }

  boolean isSame() {
    if (before != null) {
      return Json.same(value, before);
    }
    return around != null && around.isSame();
  }

  Likeness field(String name, @Nullable JsonNode old) {
    if (before == null) {
      return this;
    }
    if (around == null && (name.equals("apiVersion") || name.equals("kind"))) {
      return new Likeness(value.path(name), null, null);
    }
    return new Likeness(value.path(name), old, this);
  }

  Likeness item(JsonNode item, @Nullable JsonNode old) {
    return before == null ? this : new Likeness(item, old, this);
  }

  /// For what is said in addition, only what is around counts.
  Likeness ofParent() {
    return around == null ? new Likeness(value, null, null) : around;
  }
}
