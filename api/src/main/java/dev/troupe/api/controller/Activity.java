package dev.troupe.api.controller;

import java.time.Duration;

/// An external effect that a plan asks for: a record, keyed by its class and [#id()].
///
/// It runs at least once, always with the same key, and again only if the record differs from the
/// last one that succeeded. What it has come to arrives as [Cause.Completed], or, for each attempt
/// that failed, as [Cause.Failed] with a [Failure.ActivityFailed].
public interface Activity {

  /// How long an attempt may take, unless the activity says otherwise.
  Duration STANDARD_DEADLINE = Duration.ofMinutes(1);

  /// Tells activities of one class apart within the plans of one object.
  String id();

  /// How long an attempt may take. After that it has failed, is interrupted if it blocks a thread,
  /// and is made again with the same key.
  default Duration deadline() {
    return STANDARD_DEADLINE;
  }
}
