package dev.troupe.controllers.objects;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// The key of an object, and the type of a class.
public final class Keys {

  private Keys() {}

  public static ResourceKey of(HasMetadata object) {
    return ResourceKey.of(object);
  }

  public static TypeRef type(Class<? extends HasMetadata> type) {
    return TypeRef.of(type);
  }
}
