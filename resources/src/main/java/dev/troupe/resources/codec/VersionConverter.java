package dev.troupe.resources.codec;

import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Shows a stored object in another version that its type is served under, and back.
///
/// The only type with two views is the event: `events.k8s.io/v1` has other names for the fields of
/// `v1`.
public final class VersionConverter {

  private static final String EVENTS_V1 = "events.k8s.io/v1";
  private static final String API_VERSION = "apiVersion";

  private static final Map<String, String> EVENT_FIELDS =
      Map.of(
          "involvedObject", "regarding",
          "message", "note",
          "source", "deprecatedSource",
          "firstTimestamp", "deprecatedFirstTimestamp",
          "lastTimestamp", "deprecatedLastTimestamp",
          "count", "deprecatedCount",
          "reportingComponent", "reportingController");

  private static final Map<String, String> EVENT_FIELDS_BACK =
      EVENT_FIELDS.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private static final String REGARDING = "regarding.";
  private static final String INVOLVED_OBJECT = "involvedObject.";

  private VersionConverter() {}

  /// Whether objects of the type look different in this version than they are stored.
  public static boolean differs(ResourceType type, Served version) {
    return !type.storage().equals(version);
  }

  /// A stored object as this version shows it; the same node if nothing differs.
  public static ObjectNode fromStored(ObjectNode stored, ResourceType type, Served version) {
    return differs(type, version) ? renamed(stored, EVENT_FIELDS, version) : stored;
  }

  /// An object of this version as it is stored; the same node if nothing differs.
  public static ObjectNode toStored(ObjectNode object, ResourceType type, Served version) {
    return differs(type, version) ? renamed(object, EVENT_FIELDS_BACK, type.storage()) : object;
  }

  /// The fields that can be selected by in this version, with the names of the stored one's.
  public static Map<String, String> selectableFields(ResourceType type, Served version) {
    var names = new LinkedHashMap<String, String>();
    for (var stored : type.selectableFields().keySet()) {
      names.put(version.apiVersion().equals(EVENTS_V1) ? eventField(stored) : stored, stored);
    }
    return names;
  }

  private static String eventField(String stored) {
    return stored.startsWith(INVOLVED_OBJECT)
        ? REGARDING + stored.substring(INVOLVED_OBJECT.length())
        : EVENT_FIELDS.getOrDefault(stored, stored);
  }

  private static ObjectNode renamed(ObjectNode object, Map<String, String> names, Served version) {
    var out = JsonNodeFactory.instance.objectNode();
    for (var entry : object.properties()) {
      out.set(names.getOrDefault(entry.getKey(), entry.getKey()), entry.getValue());
    }
    if (out.has(API_VERSION)) {
      out.put(API_VERSION, version.apiVersion());
    }
    return out;
  }
}
