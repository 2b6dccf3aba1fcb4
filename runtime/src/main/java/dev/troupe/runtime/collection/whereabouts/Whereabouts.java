package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.store.PartitionId;

/// Where a partition is, as this member sees it: what is told here reaches the partition, if it is
/// still there.
public sealed interface Whereabouts permits Here, Elsewhere {

  PartitionId id();

  /// May be called on any thread.
  void tell(PartitionMessage.Request request);
}
