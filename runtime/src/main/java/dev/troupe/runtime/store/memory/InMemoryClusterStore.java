package dev.troupe.runtime.store.memory;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.cluster.Standing;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A roll that is gone with its JVM: for tests and worlds of virtual time. Every stage that it
/// returns is complete already.
public final class InMemoryClusterStore implements ClusterStore {

  private final Set<MemberId> struck = new HashSet<>();
  private Roll roll = Roll.NONE;
  private long cluster;
  private long beats;

  @Override
  public synchronized CompletionStage<Standing> beat(MemberId self) {
    if (roll.includes(self)) {
      beats++;
    }
    return CompletableFuture.completedFuture(standing(self));
  }

  @Override
  public synchronized CompletionStage<Roll> change(Roll next) {
    var members = new HashSet<>(next.members());
    members.removeAll(struck);
    boolean isMeant = !members.isEmpty() || next.members().isEmpty();
    if (next.number() == roll.number() + 1 && isMeant && !members.equals(roll.members())) {
      write(roll.next(members));
    }
    return CompletableFuture.completedFuture(roll);
  }

  @Override
  public synchronized CompletionStage<Standing> form(MemberId self, Standing seen) {
    var now = standing(self);
    if (now.isStill(seen) && !now.struck()) {
      write(roll.formed(self));
      cluster = roll.number();
    }
    return CompletableFuture.completedFuture(standing(self));
  }

  private void write(Roll next) {
    struck.addAll(roll.members());
    struck.removeAll(next.members());
    roll = next;
  }

  private Standing standing(MemberId self) {
    return new Standing(roll, cluster, beats, struck.contains(self));
  }

  /// The newest.
  public synchronized Roll roll() {
    return roll;
  }
}
