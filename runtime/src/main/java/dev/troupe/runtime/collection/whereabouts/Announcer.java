package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.runtime.store.PartitionId;

/// Tells others which partitions are here. Called on any thread.
public interface Announcer {

  /// Where nobody is to be told.
  Announcer NOBODY =
      new Announcer() {
        @Override
        public void began(PartitionId partition, long epoch) {}

        @Override
        public void left(PartitionId partition) {}
      };

  /// A partition serves here, in this epoch. May be said again.
  void began(PartitionId partition, long epoch);

  /// It is here no more.
  void left(PartitionId partition);
}
