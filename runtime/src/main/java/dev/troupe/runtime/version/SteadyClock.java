package dev.troupe.runtime.version;

import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// A clock that never goes back: the monotonic clock, anchored to the wall clock at the start and
/// slewed towards it afterwards, by at most half a millisecond per second.
///
/// When somebody sets the wall clock, this one takes its time to follow: a version read from it
/// stays near the time that passed. Only a wall clock that has been far ahead for a while is caught
/// up with at once: a machine that was paused would otherwise be late for hours, and take what
/// others have written for the future.
public final class SteadyClock implements InstantSource {

  private static final long SLEW_DIVISOR = 2_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /// Members whose clocks differ by more do not work together.
  private static final long FAR_NANOS = 250 * NANOS_PER_MILLI;

  /// For so long a wall clock is far ahead that is not set back at once.
  private static final long WHILE_NANOS = 5_000 * NANOS_PER_MILLI;

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;

  private long lastNanos;

  /// Nanoseconds since the epoch; good for the years until 2262.
  private long reading;

  /// Since when the wall clock has been far ahead, by the monotonic clock.
  private OptionalLong ahead = OptionalLong.empty();

  public SteadyClock(InstantSource wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.lastNanos = monotonicNanos.getAsLong();
    this.reading = wall.millis() * NANOS_PER_MILLI;
  }

  @Override
  public synchronized long millis() {
    long nanos = monotonicNanos.getAsLong();
    long elapsed = Math.max(0, nanos - lastNanos);
    lastNanos = Math.max(lastNanos, nanos);
    long most = elapsed / SLEW_DIVISOR;
    long error = wall.millis() * NANOS_PER_MILLI - (reading + elapsed);
    reading += elapsed + (isCaughtUpWith(error) ? error : Math.clamp(error, -most, most));
    return reading / NANOS_PER_MILLI;
  }

  private boolean isCaughtUpWith(long error) {
    if (error <= FAR_NANOS) {
      ahead = OptionalLong.empty();
    } else if (ahead.isEmpty()) {
      ahead = OptionalLong.of(lastNanos);
    } else if (lastNanos - ahead.getAsLong() >= WHILE_NANOS) {
      ahead = OptionalLong.empty();
      return true;
    }
    return false;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
