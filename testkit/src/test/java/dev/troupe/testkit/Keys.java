package dev.troupe.testkit;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;

/// Keys that tests ask for.
final class Keys {

  private Keys() {}

  static ResourceKey deployment(String name) {
    return new ResourceKey(new TypeRef("apps", "deployments"), "default", name);
  }
}
