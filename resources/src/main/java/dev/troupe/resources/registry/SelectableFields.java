package dev.troupe.resources.registry;

import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.selector.FieldSelector;
import java.util.LinkedHashMap;
import java.util.Map;

/// What objects can be selected by under a group-version.
public final class SelectableFields {

  private static final String NEW_EVENTS = "events.k8s.io/v1";
  private static final String INVOLVED_OBJECT = "involvedObject.";
  private static final String REGARDING = "regarding.";

  private SelectableFields() {}

  /// The names that a field selector may use, with the names under which the fields are indexed.
  public static Map<String, String> of(ResourceType type, Served version) {
    var names = new LinkedHashMap<String, String>();
    names.put(FieldSelector.NAME, FieldSelector.NAME);
    if (type.namespaced()) {
      names.put(FieldSelector.NAMESPACE, FieldSelector.NAMESPACE);
    }
    boolean newEvents = version.apiVersion().equals(NEW_EVENTS);
    for (var stored : type.selectableFields().keySet()) {
      names.put(newEvents ? newEventField(stored) : stored, stored);
    }
    return names;
  }

  private static String newEventField(String stored) {
    if (stored.startsWith(INVOLVED_OBJECT)) {
      return REGARDING + stored.substring(INVOLVED_OBJECT.length());
    }
    return stored.equals("reportingComponent") ? "reportingController" : stored;
  }
}
