package dev.troupe.runtime.resource.logic;

import java.time.Instant;

/// How it is decided what a write does to a resource.
@FunctionalInterface
public interface Deciding {

  /// @param state of the resource that is told
  Decision decide(ResourceState state, Order order, Instant now);
}
