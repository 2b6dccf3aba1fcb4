package dev.troupe.resources.registry;

import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.selector.FieldSelector;
import java.util.LinkedHashMap;
import java.util.Map;

/// What objects can be selected by under a group-version.
public final class SelectableFields {

  private SelectableFields() {}

  /// The names that a field selector may use, with the names under which the fields are indexed.
  public static Map<String, String> of(ResourceType type, Served version) {
    var names = new LinkedHashMap<String, String>();
    names.put(FieldSelector.NAME, FieldSelector.NAME);
    if (type.namespaced()) {
      names.put(FieldSelector.NAMESPACE, FieldSelector.NAMESPACE);
    }
    var spelling = type.kind().spelling();
    for (var stored : type.selectableFields().keySet()) {
      names.put(spelling.selectable(stored, version.apiVersion()), stored);
    }
    return names;
  }
}
