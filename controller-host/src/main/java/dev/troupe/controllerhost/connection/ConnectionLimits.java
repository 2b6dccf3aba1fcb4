package dev.troupe.controllerhost.connection;

import java.time.Duration;

/// The bounds of what is asked of an API server.
///
/// @param attempt how long one attempt of a call may take
/// @param patience how long a call may take, with what the server makes it wait (429)
/// @param perSecond calls a second in the long run
/// @param burst calls that may come at once after a pause
public record ConnectionLimits(Duration attempt, Duration patience, int perSecond, int burst) {

  public static final ConnectionLimits STANDARD =
      new ConnectionLimits(Duration.ofSeconds(20), Duration.ofSeconds(60), 500, 500);
}
