package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;

/// What a relay wants done, in this order.
public sealed interface RelayEffect {

  /// Says `Arrived` as soon as a partition is here.
  record Find(PartitionId partition) implements RelayEffect {}

  /// Says `Arrived` if a partition that is followed has begun anew.
  record Look(PartitionId partition) implements RelayEffect {}

  /// Lets a partition stream: `Streamed`; and `Lost` in the end. Repeated until it does.
  ///
  /// @param attempt what comes of an earlier one is of no use any more
  record Follow(PartitionId partition, long attempt, long credit) implements RelayEffect {}

  record Unfollow(PartitionId partition) implements RelayEffect {}

  /// Lets a partition stream so many changes in all. Repeated, as it may be lost.
  ///
  /// @param known everything of it up to this version is here
  record Credit(PartitionId partition, long attempt, long total, long known)
      implements RelayEffect {}

  /// Asks a partition to make everything up to a version known: a heartbeat tells.
  record Promise(PartitionId partition, long version) implements RelayEffect {}

  /// Reads the log: `Read` or `ReadFailed`.
  record Read(long request, long after, EventStore.Most most) implements RelayEffect {}

  /// Passes an item to a watcher that asked for it.
  record Deliver(long watcher, WatchItem item) implements RelayEffect {}

  /// Ends a watch; nothing is delivered afterwards.
  record End(long watcher, RuntimeException why) implements RelayEffect {}
}
