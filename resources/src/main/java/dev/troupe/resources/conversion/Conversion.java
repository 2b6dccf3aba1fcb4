package dev.troupe.resources.conversion;

import dev.troupe.resources.json.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Rewrites objects from the group-version they are stored in to another one that they are served
/// under, and back.
///
/// Events are the only type with two so far: `events.k8s.io/v1` has other names for the fields that
/// the core group's event began with.
public final class Conversion {

  private static final String NEW_EVENTS = "events.k8s.io/v1";

  private static final Map<String, String> TO_NEW_EVENT =
      Map.of(
          "involvedObject", "regarding",
          "source", "deprecatedSource",
          "firstTimestamp", "deprecatedFirstTimestamp",
          "lastTimestamp", "deprecatedLastTimestamp",
          "count", "deprecatedCount",
          "message", "note",
          "reportingComponent", "reportingController");

  private static final Map<String, String> TO_CORE_EVENT = inverse(TO_NEW_EVENT);

  private Conversion() {}

  /// The object in `apiVersion`; itself if it is in that already. Parts are shared.
  public static ObjectNode convert(ObjectNode object, String apiVersion) {
    var from = Json.text(object, "apiVersion");
    if (from.equals(apiVersion) || from.isEmpty()) {
      return object;
    }
    var converted = renamed(object, names(from, apiVersion));
    converted.put("apiVersion", apiVersion);
    return converted;
  }

  private static Map<String, String> names(String from, String to) {
    if (to.equals(NEW_EVENTS)) {
      return TO_NEW_EVENT;
    }
    return from.equals(NEW_EVENTS) ? TO_CORE_EVENT : Map.of();
  }

  private static ObjectNode renamed(ObjectNode object, Map<String, String> names) {
    var renamed = Json.object();
    for (var field : object.properties()) {
      renamed.set(names.getOrDefault(field.getKey(), field.getKey()), field.getValue());
    }
    return renamed;
  }

  private static Map<String, String> inverse(Map<String, String> names) {
    var inverse = new HashMap<String, String>();
    names.forEach((from, to) -> inverse.put(to, from));
    return Map.copyOf(inverse);
  }
}
