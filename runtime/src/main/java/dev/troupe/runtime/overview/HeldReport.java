package dev.troupe.runtime.overview;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;

/// What watches of a whole collection lack at one member, because a partition has not promised that
/// nothing comes before it.
///
/// @param slowest the partition that has promised least
/// @param changes how many wait
/// @param oldest how long the first of them has been there
public record HeldReport(TypeRef collection, PartitionId slowest, int changes, Duration oldest) {}
