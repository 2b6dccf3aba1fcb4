package dev.troupe.resources.validation;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Labels, wherever they are.
public final class LabelValidation {

  private LabelValidation() {}

  public static void check(
      @Nullable ObjectNode parent, String field, Path path, FieldErrors errors) {
    for (var label : Json.entries(parent, field)) {
      var key = label.getKey();
      Names.qualified(key).ifPresent(wrong -> errors.invalid(path, key, wrong));
      var value = label.getValue().asString("");
      Names.labelValue(value).ifPresent(wrong -> errors.invalid(path, value, wrong));
    }
  }
}
