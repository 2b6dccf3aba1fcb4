package dev.troupe.resources.conversion;

import dev.troupe.resources.json.Json;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Rewrites objects from the group-version they are stored in to another one that they are served
/// under, and back.
public final class Conversion {

  private Conversion() {}

  /// The object in `apiVersion`; itself if it is in that already. Parts are shared.
  ///
  /// @param spelling of the type of the object; one of the two group-versions is the stored one
  public static ObjectNode convert(ObjectNode object, Spelling spelling, String apiVersion) {
    var from = Json.text(object, "apiVersion");
    if (from.equals(apiVersion) || from.isEmpty()) {
      return object;
    }
    var shown = spelling.fromStored(apiVersion);
    var converted = renamed(object, shown.isEmpty() ? spelling.toStored(from) : shown);
    converted.put("apiVersion", apiVersion);
    return converted;
  }

  private static ObjectNode renamed(ObjectNode object, Map<String, String> names) {
    var renamed = Json.object();
    for (var field : object.properties()) {
      renamed.set(names.getOrDefault(field.getKey(), field.getKey()), field.getValue());
    }
    return renamed;
  }
}
