package dev.troupe.runtime.lease;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What both clocks of a member show at one moment. Either may stand still: the steady one while a
/// virtual machine is paused, the wall clock when somebody sets it back. The steady one never runs
/// ahead of time.
///
/// Beside them, the clock that versions are taken from: it follows the wall clock from afar.
///
/// @param steadyNanos of a clock that only goes forward; means something only beside others of its
///   own
public record TwoClocks(long wallMillis, long steadyNanos, long versionMillis) {

  /// Where versions are taken by the wall clock.
  public TwoClocks(long wallMillis, long steadyNanos) {
    this(wallMillis, steadyNanos, wallMillis);
  }

  /// Whether something that began then and lasts so long may still go on: by the clock that moved
  /// further.
  public boolean isWithin(Duration term, TwoClocks begin) {
    long byWall = TimeUnit.MILLISECONDS.toNanos(wallMillis - begin.wallMillis);
    return Math.max(byWall, steadyNanos - begin.steadyNanos) < term.toNanos();
  }

  /// Whether so long has passed for certain: by the clock that never runs ahead.
  public boolean isPast(Duration term, TwoClocks begin) {
    return !remaining(term, begin).isPositive();
  }

  /// How much is left until so long has passed for certain.
  public Duration remaining(Duration term, TwoClocks begin) {
    return term.minusNanos(steadyNanos - begin.steadyNanos);
  }
}
