package dev.troupe.controllers.scheduling.placement;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import java.util.Comparator;

/// A pod that may have to leave its node.
record Victim(ResourceKey key, PodDemand demand) {

  /// Behind all times: what has not started has the least to lose.
  private static final String LATER = "~";

  static final Comparator<Victim> BY_IMPORTANCE =
      Comparator.comparingInt((Victim one) -> one.demand().priority())
          .reversed()
          .thenComparing(Victim::started);

  int priority() {
    return demand.priority();
  }

  String started() {
    return demand.started().isEmpty() ? LATER : demand.started();
  }
}
