package dev.troupe.testkit.world.forecast;

import dev.troupe.api.resource.ResourceKey;
import tools.jackson.databind.node.ObjectNode;

/// What somebody thinks of doing.
public sealed interface Wish {

  ResourceKey key();

  /// To create the object, or to merge these fields into it.
  record Apply(ResourceKey key, ObjectNode object) implements Wish {}

  /// To delete it, in the background.
  record Delete(ResourceKey key) implements Wish {}
}
