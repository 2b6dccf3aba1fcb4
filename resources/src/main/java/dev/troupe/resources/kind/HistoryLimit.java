package dev.troupe.resources.kind;

import java.time.Duration;

/// How much of the past of an object is kept, so that watches can begin there.
///
/// @param age what is older may go
/// @param changes of a living object so many may stay at most
public record HistoryLimit(Duration age, int changes) {

  public static final HistoryLimit LONG = new HistoryLimit(Duration.ofDays(30), 1_000);

  /// For what is written all the time and read once.
  public static final HistoryLimit SHORT = new HistoryLimit(Duration.ofMinutes(10), 10);
}
