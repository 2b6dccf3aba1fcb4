package dev.troupe.resources.kind.config;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What config maps and secrets share: data under keys that are file names, bounded, and immutable
/// if they say so.
final class KeyedData {

  static final int MAX_BYTES = 1024 * 1024;

  private KeyedData() {}

  static void keys(ObjectNode object, String field, FieldErrors errors) {
    for (var entry : Json.entries(object, field)) {
      var key = entry.getKey();
      Names.key(key)
          .ifPresent(wrong -> errors.invalid(Path.ROOT.child(field).key(key), key, wrong));
    }
  }

  static int textBytes(@Nullable JsonNode data) {
    int bytes = 0;
    if (data instanceof ObjectNode map) {
      for (var entry : map.properties()) {
        bytes += entry.getValue().asString("").getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return bytes;
  }

  static int base64Bytes(@Nullable JsonNode data) {
    int bytes = 0;
    if (data instanceof ObjectNode map) {
      for (var entry : map.properties()) {
        var text = entry.getValue().asString("");
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        bytes += text.length() / 4 * 3 - padding;
      }
    }
    return bytes;
  }

  static void keepIfImmutable(
      ObjectNode object, ObjectNode old, List<String> fields, FieldErrors errors) {
    if (!Json.truth(old, "immutable")) {
      return;
    }
    var why = "field is immutable when `immutable` is set";
    if (!Json.truth(object, "immutable")) {
      errors.forbidden(Path.ROOT.child("immutable"), why);
    }
    for (var field : fields) {
      if (!Json.same(Json.get(object, field), Json.get(old, field))) {
        errors.forbidden(Path.ROOT.child(field), why);
      }
    }
  }

  static int size(ObjectNode object, String field) {
    return object.path(field).size();
  }
}
