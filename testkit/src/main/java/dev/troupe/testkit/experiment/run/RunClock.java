package dev.troupe.testkit.experiment.run;

import java.time.Instant;
import java.util.function.LongSupplier;

/// The time of a run: microseconds since it began.
///
/// @param beganNanos by a clock that only rises
/// @param nanos that clock
/// @param began the same moment as people tell it
record RunClock(long beganNanos, LongSupplier nanos, Instant began) {

  long micros() {
    return micros(nanos.getAsLong());
  }

  /// @param moment by the clock that only rises
  long micros(long moment) {
    return (moment - beganNanos) / 1_000;
  }

  /// What [#micros(long)] is of it.
  long nanos(long micros) {
    return beganNanos + micros * 1_000;
  }
}
