package dev.troupe.api.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Names one resource: its type, its namespace (empty if the type is cluster-scoped) and its name.
public record ResourceKey(TypeRef type, String namespace, String name) {

  /// The key of an object of a class that stands for one type.
  public static ResourceKey of(HasMetadata object) {
    var metadata = object.getMetadata();
    var namespace = metadata.getNamespace();
    return new ResourceKey(
        TypeRef.of(object.getClass()), namespace == null ? "" : namespace, metadata.getName());
  }

  /// `namespace/name`, or `name` alone for a cluster-scoped resource.
  public String path() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  @Override
  public String toString() {
    return type + "/" + path();
  }
}
