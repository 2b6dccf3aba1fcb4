package dev.troupe.resources.patch;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON merge patch (RFC 7396): objects are merged, null removes, everything else replaces.
public final class MergePatch {

  private MergePatch() {}

  public static Patched apply(ObjectNode document, JsonNode patch) {
    return patch instanceof ObjectNode object
        ? new Patched.Applied(merge(document, object))
        : new Patched.Rejected(Patched.Reason.MALFORMED, "Invalid JSON Patch");
  }

  private static ObjectNode merge(@Nullable JsonNode target, ObjectNode patch) {
    var result = target instanceof ObjectNode object ? Json.shallow(object) : Json.object();
    for (var field : patch.properties()) {
      var name = field.getKey();
      var value = field.getValue();
      if (value.isNull()) {
        result.remove(name);
      } else if (value instanceof ObjectNode object) {
        result.set(name, merge(result.get(name), object));
      } else {
        result.set(name, value);
      }
    }
    return result;
  }
}
