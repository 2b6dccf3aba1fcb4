package dev.troupe.runtime.collection.whereabouts.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;

/// What changes in what a member knows of where partitions are.
public sealed interface WhereaboutsEffect {

  /// A partition is at another member.
  record Discovered(PartitionId partition, MemberId member) implements WhereaboutsEffect {}

  /// Nobody else is known to have it.
  record Missed(PartitionId partition) implements WhereaboutsEffect {}
}
