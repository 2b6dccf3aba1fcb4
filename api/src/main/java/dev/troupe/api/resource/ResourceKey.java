package dev.troupe.api.resource;

/// Names one resource: its type, its namespace (empty if the type is cluster-scoped) and its name.
public record ResourceKey(TypeRef type, String namespace, String name) {

  /// `namespace/name`, or `name` alone for a cluster-scoped resource.
  public String path() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  @Override
  public String toString() {
    return type + "/" + path();
  }
}
