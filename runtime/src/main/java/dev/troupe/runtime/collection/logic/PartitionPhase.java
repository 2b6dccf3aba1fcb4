package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.store.EventStore;
import java.util.List;

/// Where a partition is in its life. What is known only in a phase is in it.
sealed interface PartitionPhase {

  /// No epoch serves.
  sealed interface Between extends PartitionPhase {

    /// What was in flight when the last one that served ended.
    List<Lost> lost();

    /// The last epoch that was opened.
    long last();
  }

  /// The next epoch has been asked for, or will be.
  ///
  /// @param foreign whether somebody else had an epoch since the last one that served
  record Opening(List<Lost> lost, long last, boolean foreign) implements Between {

    Loading opened(EventStore.Opened next) {
      return new Loading(lost, foreign || next.epoch() != last + 1, next);
    }
  }

  /// An epoch is open, and the newest events are being read.
  record Loading(List<Lost> lost, boolean foreign, EventStore.Opened opened) implements Between {

    @Override
    public long last() {
      return opened.epoch();
    }

    /// Starts over.
    Opening failed() {
      return new Opening(lost, last(), foreign);
    }
  }

  /// An epoch serves.
  sealed interface Open extends PartitionPhase {
    PartitionEpoch epoch();
  }

  /// Takes writes.
  record Serving(PartitionEpoch epoch) implements Open {}

  /// Takes no more writes, and finishes those that it has.
  record Leaving(PartitionEpoch epoch) implements Open {}

  /// The last epoch is being closed, or has been.
  record Gone() implements PartitionPhase {}
}
