package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.StoredResource;
import org.jspecify.annotations.Nullable;

/// What an object was at an earlier moment, since when it has changed.
///
/// @param object null if it did not exist
public record Earlier(ResourceKey key, @Nullable StoredResource object) {}
