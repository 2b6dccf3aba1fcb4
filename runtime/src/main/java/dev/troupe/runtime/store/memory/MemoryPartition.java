package dev.troupe.runtime.store.memory;

import dev.troupe.runtime.store.EventStore;
import java.util.HashMap;
import java.util.Map;

/// Epoch, facts and highest version of a partition of an [InMemoryEventStore].
final class MemoryPartition {

  private final Map<String, byte[]> facts = new HashMap<>();
  private long epoch;
  private boolean open;
  private boolean unclean;
  private long highestVersion;

  EventStore.Opened open() {
    unclean = unclean || open;
    open = true;
    epoch++;
    return new EventStore.Opened(epoch, Map.copyOf(facts), !unclean, highestVersion);
  }

  void close(long endedEpoch, boolean served) {
    if (isOpenIn(endedEpoch)) {
      open = false;
      unclean = unclean && !served;
    }
  }

  boolean isOpenIn(long expectedEpoch) {
    return open && epoch == expectedEpoch;
  }

  void stored(EventStore.Group group) {
    group
        .facts()
        .forEach((name, value) -> {
          if (value.length == 0) {
            facts.remove(name);
          } else {
            facts.put(name, value);
          }
        });
    for (var event : group.events()) {
      highestVersion = Math.max(highestVersion, event.version());
    }
  }
}
