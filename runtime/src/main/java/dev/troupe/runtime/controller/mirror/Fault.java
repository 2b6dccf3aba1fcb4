package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.resource.ResourceKey;

/// Code of a controller threw when it was told of an object.
///
/// @param key the object
public record Fault(ResourceKey key, RuntimeException thrown) {}
