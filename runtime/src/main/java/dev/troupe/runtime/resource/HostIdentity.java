package dev.troupe.runtime.resource;

import dev.troupe.runtime.store.PartitionId;

/// Which controller's host writes, and in which of its epochs: writes of an older one come too
/// late.
///
/// @param host a partition of the group [PartitionId#CONTROLLERS]
public record HostIdentity(PartitionId host, long epoch) {}
