package dev.troupe.clusterconfig.ensemble.logic;

import java.time.Duration;

/// How long a rolling restart waits.
///
/// @param beginning until all serve, before the first leaves
/// @param comeback until a member that has left serves again
/// @param spreading until partitions are spread evenly again; all are served meanwhile
/// @param report between two sentences on what is waited for
public record RollingLimits(
    Duration beginning, Duration comeback, Duration spreading, Duration report) {

  public static final RollingLimits STANDARD =
      new RollingLimits(
          Duration.ofSeconds(10),
          Duration.ofMinutes(3),
          Duration.ofMinutes(3),
          Duration.ofSeconds(10));
}
