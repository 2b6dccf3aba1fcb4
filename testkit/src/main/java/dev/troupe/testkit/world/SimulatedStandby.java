package dev.troupe.testkit.world;

import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What a store has copied of everything that changed it, and what a copy that takes its place has
/// of that.
final class SimulatedStandby {

  private final List<Consumer<InMemoryEventStore>> changes = new ArrayList<>();
  private final Set<PartitionId> partitions = new LinkedHashSet<>();
  private int copied = -1;

  void opened(PartitionId partition) {
    partitions.add(partition);
    changed(store -> store.open(partition));
  }

  void changed(Consumer<InMemoryEventStore> change) {
    changes.add(change);
  }

  /// Nothing is copied any more.
  void lose() {
    if (copied < 0) {
      copied = changes.size();
    }
  }

  boolean isLost() {
    return copied >= 0;
  }

  /// The copy, in which all epochs are over.
  InMemoryEventStore promote(InstantSource time) {
    if (copied >= 0) {
      changes.subList(copied, changes.size()).clear();
    }
    copied = -1;
    partitions.forEach(partition -> changed(store -> store.open(partition)));
    var store = new InMemoryEventStore(time);
    changes.forEach(change -> change.accept(store));
    return store;
  }
}
