package dev.troupe.apiserver.request;

import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Verb;
import dev.troupe.resources.subresource.Whole;

/// What a request is about, as Kubernetes reads verb and path.
public sealed interface Target {

  /// The verb that is authorized.
  String action();

  /// A resource or a collection.
  ///
  /// @param resource the plural, as it is in the path
  /// @param subresource as the path names it, whether the type has it or not
  /// @param namespace empty for all namespaces, or if the type is cluster-scoped; of a namespace
  ///   itself its name
  /// @param name empty for the collection
  record OfResource(
      Verb verb,
      String group,
      String version,
      String resource,
      Subresource subresource,
      String namespace,
      String name)
      implements Target {

    /// The segment before the name of a namespace. Since it is the plural of namespaces as well, a
    /// path to a namespace and one to what is in it begin alike; that is the grammar of paths.
    static final String NAMESPACES = "namespaces";

    @Override
    public String action() {
      return verb.text();
    }

    /// Whether the path leads into a namespace, and not only to it.
    public boolean isInNamespace() {
      return !namespace.isEmpty() && !resource.equals(NAMESPACES);
    }

    /// `apps/v1`, or `v1`.
    public String apiVersion() {
      return group.isEmpty() ? version : group + "/" + version;
    }

    /// `deployments.apps`, or `pods`.
    public String groupResource() {
      return group.isEmpty() ? resource : resource + "." + group;
    }

    /// `deployments`, or `deployments/scale`.
    public String resourceAndSubresource() {
      return subresource instanceof Whole ? resource : resource + "/" + subresource.name();
    }

    OfResource named(String watched) {
      return new OfResource(verb, group, version, resource, subresource, namespace, watched);
    }
  }

  /// Everything else: discovery, health, documents. `action` is the method in lower case.
  record OfPath(String action, String path) implements Target {}
}
