package dev.troupe.controllerhost.collection;

import java.time.Duration;

/// How long watches last.
///
/// @param least a watch ends by itself after this, and at most half as much again, and goes on as
///   another one
/// @param silence when to give up one that does not show what must be there, or does not begin
/// @param longest how many bytes an event may have
public record WatchTerms(Duration least, Duration silence, int longest) {

  public static final WatchTerms STANDARD =
      new WatchTerms(Duration.ofMinutes(2), Duration.ofSeconds(10), 32 << 20);
}
