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
/// there, or when it formed a cluster.
final class NotedStanding implements ClusterStore {

  private final ClusterStore store;
  private final AtomicReference<Lookout.@Nullable Found> found = new AtomicReference<>();

  NotedStanding(ClusterStore store) {
    this.store = store;
  }

  Optional<Lookout.Found> found() {
    return Optional.ofNullable(found.get());
  }

  @Override
  public CompletionStage<Standing> beat(MemberId self) {
    return store
        .beat(self)
        .thenApply(standing -> {
          found.compareAndSet(null, new Lookout.Found(standing.cluster(), 0));
          return standing;
        });
  }

  @Override
  public CompletionStage<Roll> change(Roll next) {
    return store.change(next);
  }

  /// Whoever forms one is in none before.
  @Override
  public CompletionStage<Standing> form(MemberId self, Standing seen) {
    return store
        .form(self, seen)
        .thenApply(standing -> {
          if (standing.roll().includes(self)) {
            found.set(new Lookout.Found(seen.cluster(), standing.cluster()));
          }
          return standing;
        });
  }
}
