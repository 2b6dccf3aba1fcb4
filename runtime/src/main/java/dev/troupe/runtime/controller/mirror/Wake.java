package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.resource.ResourceKey;

/// A reconciled object that a change concerns, and why.
public record Wake(ResourceKey key, Cause cause) {}
