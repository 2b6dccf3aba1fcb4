package dev.troupe.controllers.stage;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A controller whose decisions are counted.
record Counted<S>(CollectionController<S> controller, AtomicInteger decisions)
    implements CollectionController<S> {

  @Override
  public String name() {
    return controller.name();
  }

  @Override
  public String component() {
    return controller.component();
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return controller.follows();
  }

  @Override
  public Set<TypeRef> ignores() {
    return controller.ignores();
  }

  @Override
  public S initial() {
    return controller.initial();
  }

  @Override
  public S apply(S state, Change change) {
    return controller.apply(state, change);
  }

  @Override
  public Collection<ResourceKey> concerns(S state, Change change) {
    return controller.concerns(state, change);
  }

  @Override
  public Plan decide(S state, Change latest, Cause cause, Instant now) {
    decisions.incrementAndGet();
    return controller.decide(state, latest, cause, now);
  }
}
