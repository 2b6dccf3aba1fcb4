package dev.troupe.runtime.collection.whereabouts.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;

/// What a member learns of where partitions are.
public sealed interface WhereaboutsMessage {

  /// Another member takes part.
  record Came(MemberId member) implements WhereaboutsMessage {}

  /// It does so no more, and never will again.
  record Went(MemberId member) implements WhereaboutsMessage {}

  /// A member says that it has a partition, in this epoch. May come late, twice, or not at all.
  record Announced(PartitionId partition, MemberId member, long epoch)
      implements WhereaboutsMessage {}

  /// A member says that it has a partition no more.
  record Withdrawn(PartitionId partition, MemberId member, long epoch)
      implements WhereaboutsMessage {}
}
