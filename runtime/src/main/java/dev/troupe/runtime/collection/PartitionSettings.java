package dev.troupe.runtime.collection;

import java.time.Duration;

/// The bounds of a partition.
///
/// @param unanswered how many writes may be unanswered at once; more are refused with 429
/// @param unansweredPerResource the same for one resource
/// @param awake how many resources that have nothing to do may stay awake
/// @param idle how long such a resource stays awake
/// @param tombstones for how long a deleted resource is remembered
/// @param mostTombstones how many deleted resources are remembered at most, the youngest
public record PartitionSettings(
    int unanswered,
    int unansweredPerResource,
    int awake,
    Duration idle,
    Duration tombstones,
    int mostTombstones) {

  public static final PartitionSettings DEFAULT =
      new PartitionSettings(10_000, 64, 4_096, Duration.ofSeconds(30), Duration.ofHours(1), 2_048);
}
