package dev.troupe.apiserver.discovery;

import dev.troupe.apiserver.discovery.ServedGroups.ServedType;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Verb;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The documents that older clients walk from one to the next.
final class LegacyDiscovery {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private LegacyDiscovery() {}

  /// `/api`.
  static ObjectNode coreVersions(Collection<String> versions, String serverAddress) {
    var document = NODES.objectNode();
    document.put("kind", "APIVersions");
    strings(document.putArray("versions"), versions);
    document
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", serverAddress);
    return document;
  }

  /// `/apis`.
  static ObjectNode groupList(ServedGroups served) {
    var document = NODES.objectNode();
    document.put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = document.putArray("groups");
    served
        .groups()
        .forEach((group, versions) -> {
          if (!group.isEmpty()) {
            groups.add(fill(NODES.objectNode(), group, versions.keySet()));
          }
        });
    return document;
  }

  /// `/apis/<group>`.
  static ObjectNode group(String group, Collection<String> versions) {
    var document = NODES.objectNode();
    document.put("kind", "APIGroup").put("apiVersion", "v1");
    return fill(document, group, versions);
  }

  private static ObjectNode fill(ObjectNode into, String group, Collection<String> versions) {
    into.put("name", group);
    var list = into.putArray("versions");
    versions.forEach(version -> list.add(version(group, version)));
    into.set("preferredVersion", list.get(0));
    return into;
  }

  private static ObjectNode version(String group, String version) {
    return NODES.objectNode().put("groupVersion", group + "/" + version).put("version", version);
  }

  /// `/api/v1` and `/apis/<group>/<version>`.
  static ObjectNode resourceList(String apiVersion, List<ServedType> types) {
    var document = NODES.objectNode();
    document.put("kind", "APIResourceList").put("apiVersion", "v1");
    document.put("groupVersion", apiVersion);
    var resources = document.putArray("resources");
    for (var served : types) {
      resources.add(resource(served));
      served.subresources().forEach(each -> resources.add(subresource(each, served)));
    }
    return document;
  }

  private static ObjectNode resource(ServedType served) {
    var names = served.type().names();
    var resource = NODES.objectNode();
    resource.put("name", names.plural()).put("singularName", names.singular());
    resource.put("namespaced", served.type().namespaced()).put("kind", names.kind());
    verbs(resource, served.type().verbs());
    if (!names.shortNames().isEmpty()) {
      strings(resource.putArray("shortNames"), names.shortNames());
    }
    if (!names.categories().isEmpty()) {
      strings(resource.putArray("categories"), names.categories());
    }
    return resource;
  }

  private static ObjectNode subresource(Subresource subresource, ServedType served) {
    var names = served.type().names();
    var resource = NODES.objectNode();
    resource.put("name", names.plural() + "/" + subresource.name()).put("singularName", "");
    resource.put("namespaced", served.type().namespaced());
    if (subresource instanceof Subresource.Formed formed) {
      resource.put("group", formed.form().group()).put("version", formed.form().version());
    }
    resource.put("kind", served.form(subresource).kind());
    verbs(resource, subresource.verbs());
    return resource;
  }

  private static void verbs(ObjectNode into, Set<Verb> verbs) {
    strings(into.putArray("verbs"), verbs.stream().map(Verb::text).toList());
  }

  private static void strings(ArrayNode into, Collection<String> strings) {
    strings.forEach(into::add);
  }
}
