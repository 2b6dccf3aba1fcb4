package dev.troupe.controllers.stage;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A controller on the stage.
interface Actor {

  String name();

  /// The objects to be decided because `after` is new or changed, or `before` has gone.
  Collection<ResourceKey> wakes(@Nullable HasMetadata before, @Nullable HasMetadata after);

  Plan decide(ResourceKey key, Cause cause);
}
