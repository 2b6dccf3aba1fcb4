package dev.troupe.controllers.objects;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// The key of an object, and the type of a class.
public final class Keys {

  private Keys() {}

  public static ResourceKey of(HasMetadata object) {
    var metadata = object.getMetadata();
    var namespace = metadata.getNamespace();
    return new ResourceKey(
        type(object.getClass()), namespace == null ? "" : namespace, metadata.getName());
  }

  public static TypeRef type(Class<? extends HasMetadata> type) {
    return new TypeRef(HasMetadata.getGroup(type), HasMetadata.getPlural(type));
  }
}
