package dev.troupe.resources.kind;

import java.time.Duration;

/// How much of the past of an object is kept, so that watches can begin there.
///
/// @param age what is older may go
/// @param changes of a living object so many may stay at most
public record History(Duration age, int changes) {

  public static final History LONG = new History(Duration.ofDays(30), 1_000);

  /// For what is written all the time and read once.
  public static final History SHORT = new History(Duration.ofMinutes(10), 10);
}
