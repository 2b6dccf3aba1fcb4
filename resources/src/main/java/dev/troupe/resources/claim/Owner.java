package dev.troupe.resources.claim;

import dev.troupe.api.resource.ResourceKey;

/// The object that has what was claimed.
///
/// @param uid that it has, or will have
public record Owner(ResourceKey key, String uid) {}
