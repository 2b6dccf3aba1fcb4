package dev.troupe.runtime.liveness;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.cluster.Standing;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A store that remembers how things stood when it first told: before this member has done anything
/// there.
final class NotedStanding implements ClusterStore {

  private final ClusterStore store;
  private final AtomicReference<@Nullable Standing> first = new AtomicReference<>();

  NotedStanding(ClusterStore store) {
    this.store = store;
  }

  Optional<Standing> first() {
    return Optional.ofNullable(first.get());
  }

  @Override
  public CompletionStage<Standing> beat(MemberId self) {
    return store
        .beat(self)
        .thenApply(standing -> {
          first.compareAndSet(null, standing);
          return standing;
        });
  }

  @Override
  public CompletionStage<Roll> change(Roll next) {
    return store.change(next);
  }

  @Override
  public CompletionStage<Standing> form(MemberId self, Standing seen) {
    return store.form(self, seen);
  }
}
