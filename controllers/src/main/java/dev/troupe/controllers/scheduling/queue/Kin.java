package dev.troupe.controllers.scheduling.queue;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Pods that ask for the same, and for which there was no node: what helps one may help another.
/// Those who are looked at again and again in vain are let rest in between.
public final class Kin {

  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  private final PodDemand demand;
  private final SequencedSet<ResourceKey> members = new LinkedHashSet<>();
  private Duration rest = Duration.ZERO;
  private Instant restsUntil = Instant.MIN;
  private @Nullable ResourceKey called;

  Kin(PodDemand demand) {
    this.demand = demand;
  }

  public PodDemand demand() {
    return demand;
  }

  /// Those who were looked at longest ago first.
  public SequencedSet<ResourceKey> members() {
    return members;
  }

  /// Calls the one who was looked at longest ago, unless one is called and has not been looked at.
  Optional<ResourceKey> call() {
    if (called != null && members.contains(called)) {
      return Optional.empty();
    }
    called = members.getFirst();
    return Optional.of(called);
  }

  /// When they may be looked at again.
  public Instant restsUntil() {
    return restsUntil;
  }

  /// One has been looked at again, in vain.
  void failed(Instant now) {
    called = null;
    rest = rest.isZero() ? FIRST_REST : rest.multipliedBy(2);
    rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    restsUntil = now.plus(rest);
  }

  void succeeded() {
    called = null;
    rest = Duration.ZERO;
    restsUntil = Instant.MIN;
  }
}
