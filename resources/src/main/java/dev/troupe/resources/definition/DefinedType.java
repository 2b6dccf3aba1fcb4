package dev.troupe.resources.definition;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.conversion.ConversionHook;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Lifecycle;
import dev.troupe.resources.registry.ResourceType.Names;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.registry.ResourceType.VersionParts;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Verb;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// From a definition to the type that it defines.
public final class DefinedType {

  private DefinedType() {}

  /// @param definition a `CustomResourceDefinition` as it is stored: complete and valid
  public static ResourceType of(ObjectNode definition) {
    var spec = Json.child(definition, "spec");
    var metadata = Json.object(definition, "metadata");
    var names = names(Json.child(spec, "names"));
    var group = Json.text(spec, "group");
    var versions = DefinedVersion.all(spec);
    return new ResourceType(
        new TypeRef(group, names.plural()),
        names,
        Json.text(spec, "scope").equals("Namespaced"),
        true,
        served(versions),
        Set.of(Verb.values()),
        subresources(versions),
        selectable(versions),
        new Lifecycle(true, false, false),
        new DefinedKind(
            versions,
            Json.number(metadata, "generation", 0),
            ConversionHook.of(Json.child(spec, "conversion"))),
        differing(versions));
  }

  private static Map<String, VersionParts> differing(List<DefinedVersion> versions) {
    var parts = new LinkedHashMap<String, VersionParts>();
    for (var version : versions) {
      var own = List.of(version);
      parts.put(version.apiVersion(), new VersionParts(subresources(own), selectable(own)));
    }
    return Collections.unmodifiableMap(parts);
  }

  private static Names names(ObjectNode names) {
    var kind = Json.text(names, "kind");
    var listKind = Json.text(names, "listKind");
    return new Names(
        Json.text(names, "plural"),
        Json.text(names, "singular"),
        kind,
        listKind.isEmpty() ? kind + "List" : listKind,
        Json.strings(names, "shortNames"),
        Json.strings(names, "categories"));
  }

  /// The version that is stored comes first. Those that are not served are known, as there may be
  /// objects in them.
  private static List<Served> served(List<DefinedVersion> versions) {
    return versions.stream()
        .map(version -> new Served(version.group(), version.name(), version.schemaType()))
        .toList();
  }

  /// Those that any of the versions has.
  private static Set<Subresource> subresources(List<DefinedVersion> versions) {
    var subresources = new LinkedHashMap<String, Subresource>();
    for (var version : versions) {
      if (version.hasStatus()) {
        subresources.putIfAbsent(Subresources.STATUS.name(), Subresources.STATUS);
      }
      var scale = version.scale();
      if (scale != null) {
        subresources.putIfAbsent(scale.name(), scale);
      }
    }
    return new LinkedHashSet<>(subresources.values());
  }

  /// What objects can be selected by: by its path, and under its name, which is the path.
  private static Map<String, String> selectable(List<DefinedVersion> versions) {
    var fields = new LinkedHashMap<String, String>();
    for (var version : versions) {
      for (var field : Json.objects(version.definition(), "selectableFields")) {
        var path = Json.text(field, "jsonPath");
        var name = path.startsWith(".") ? path.substring(1) : path;
        fields.put(name, name);
      }
    }
    return Collections.unmodifiableMap(fields);
  }
}
