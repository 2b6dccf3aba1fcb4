package dev.troupe.controllers.garbagecollection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import java.util.Optional;

/// Finds the collection that the objects of a kind are in, as owner references name kinds.
@FunctionalInterface
public interface OwnerTypes {

  /// A collection.
  ///
  /// @param namespaced whether its objects are in namespaces
  /// @param defined whether it has come by a definition, so that it may be new to whoever follows
  ///   all collections
  record OwnerType(TypeRef type, boolean namespaced, boolean defined) {

    /// Whether an object of the collection may own this one.
    boolean mayOwn(Owned object) {
      return !namespaced || !object.key().namespace().isEmpty();
    }

    ResourceKey key(String namespace, String name) {
      return new ResourceKey(type, namespaced ? namespace : "", name);
    }
  }

  /// @return empty if no such kind is served
  Optional<OwnerType> find(String apiVersion, String kind);
}
