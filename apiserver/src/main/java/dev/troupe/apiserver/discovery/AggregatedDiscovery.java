package dev.troupe.apiserver.discovery;

import dev.troupe.apiserver.discovery.ServedGroups.ServedType;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Verb;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The one document with everything: `APIGroupDiscoveryList` of `apidiscovery.k8s.io`.
final class AggregatedDiscovery {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AggregatedDiscovery() {}

  static ObjectNode list(ServedGroups served, String version, Predicate<String> groups) {
    var list = NODES.objectNode();
    list.put("kind", "APIGroupDiscoveryList");
    list.put("apiVersion", "apidiscovery.k8s.io/" + version);
    list.putObject("metadata");
    var items = list.putArray("items");
    served
        .groups()
        .forEach((group, versions) -> {
          if (groups.test(group)) {
            items.add(group(group, versions));
          }
        });
    return list;
  }

  private static ObjectNode group(String group, Map<String, List<ServedType>> versions) {
    var item = NODES.objectNode();
    var metadata = item.putObject("metadata");
    if (!group.isEmpty()) {
      metadata.put("name", group);
    }
    metadata.putNull("creationTimestamp");
    var list = item.putArray("versions");
    versions.forEach((version, types) -> {
      var entry = list.addObject();
      entry.put("version", version);
      var resources = entry.putArray("resources");
      types.forEach(type -> resources.add(resource(type)));
      entry.put("freshness", "Current");
    });
    return item;
  }

  private static ObjectNode resource(ServedType served) {
    var type = served.type();
    var names = type.names();
    var resource = NODES.objectNode();
    resource.put("resource", names.plural());
    kind(resource, served.served().group(), served.served().version(), names.kind());
    resource.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
    resource.put("singularResource", names.singular());
    verbs(resource, type.verbs());
    if (!names.shortNames().isEmpty()) {
      strings(resource.putArray("shortNames"), names.shortNames());
    }
    if (!names.categories().isEmpty()) {
      strings(resource.putArray("categories"), names.categories());
    }
    if (!type.subresources().isEmpty()) {
      var subresources = resource.putArray("subresources");
      served.subresources().forEach(each -> subresources.add(subresource(each, served)));
    }
    return resource;
  }

  private static ObjectNode subresource(Subresource subresource, ServedType served) {
    var entry = NODES.objectNode();
    entry.put("subresource", subresource.name());
    var form = served.form(subresource);
    kind(entry, form.group(), form.version(), form.kind());
    verbs(entry, subresource.verbs());
    return entry;
  }

  private static void kind(ObjectNode into, String group, String version, String kind) {
    into.putObject("responseKind").put("group", group).put("version", version).put("kind", kind);
  }

  private static void verbs(ObjectNode into, Set<Verb> verbs) {
    strings(into.putArray("verbs"), verbs.stream().map(Verb::text).toList());
  }

  private static void strings(ArrayNode into, List<String> strings) {
    strings.forEach(into::add);
  }
}
