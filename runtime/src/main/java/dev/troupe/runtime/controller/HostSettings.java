package dev.troupe.runtime.controller;

import dev.troupe.runtime.controller.logic.host.HostLimits;
import java.time.Duration;

/// The bounds of a controller's host.
///
/// @param awake how many objects have an actor at once
/// @param idle how long an actor with nothing to do is kept
/// @param credit how many changes of a collection are on their way to the host at most
/// @param writes how many writes of the host are in flight at once
/// @param patience how long a write may wait to be decided
/// @param retry how long to wait before a collection that does not answer is asked again
public record HostSettings(
    int awake, Duration idle, int credit, int writes, Duration patience, Duration retry) {

  public static final HostSettings DEFAULT =
      new HostSettings(
          2_000, Duration.ofSeconds(30), 256, 64, Duration.ofSeconds(30), Duration.ofMillis(500));

  HostLimits limits() {
    return new HostLimits(awake, idle.toMillis());
  }
}
