package dev.troupe.clusterconfig.supervision.logic;

import java.time.Duration;

/// How soon and how often a process is started again.
///
/// @param first the pause after an end that comes out of a clear sky; each early end after it
///   doubles the pause
/// @param longest and no pause is longer: whoever has repaired something need not tell anybody
/// @param steady an end after this long is no early one
/// @param early after so many early ends in a row a person is told what to do
public record RestartLimits(Duration first, Duration longest, Duration steady, int early) {

  public static final RestartLimits STANDARD =
      new RestartLimits(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(60), 5);
}
