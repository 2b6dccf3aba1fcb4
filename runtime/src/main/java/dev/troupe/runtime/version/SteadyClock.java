package dev.troupe.runtime.version;

import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// A clock that never goes back: the monotonic clock, anchored to the wall clock at the start and
/// slewed towards it afterwards, by at most half a millisecond per second.
///
/// When somebody sets the wall clock, this one takes its time to follow: a version read from it
/// stays near the time that passed. Only a wall clock that has been far ahead for a while, and that
/// others agree with, is caught up with at once: a machine that was paused would otherwise be late
/// for hours, and take what others have written for the future. One whose wall clock was set ahead
/// by an hour must not give versions of the future: no list and no watch of all could go on until
/// the others were there.
public final class SteadyClock implements InstantSource {

  private static final long SLEW_DIVISOR = 2_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /// Members whose clocks differ by more do not work together.
  private static final long FAR_NANOS = 250 * NANOS_PER_MILLI;

  /// For so long a wall clock is far ahead that is not set back at once.
  private static final long WHILE_NANOS = 5_000 * NANOS_PER_MILLI;

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final BooleanSupplier agreed;

  private long lastNanos;

  /// Nanoseconds since the epoch; good for the years until 2262.
  private long reading;

  /// Since when the wall clock has been far ahead, by the monotonic clock.
  private OptionalLong ahead = OptionalLong.empty();

  /// @param agreed whether others take the wall clock for right; asked only where it is far ahead
  public SteadyClock(InstantSource wall, LongSupplier monotonicNanos, BooleanSupplier agreed) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.agreed = agreed;
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

  /// Goes on from a moment that is ahead, as that of another member with whom this one has the
  /// collections in common: whoever starts while the others are ahead of the wall clock would be
  /// late for hours.
  public synchronized void follow(long aheadMillis) {
    long now = millis();
    reading += Math.max(0, aheadMillis - now) * NANOS_PER_MILLI;
  }

  private boolean isCaughtUpWith(long error) {
    if (error <= FAR_NANOS) {
      ahead = OptionalLong.empty();
    } else if (ahead.isEmpty()) {
      ahead = OptionalLong.of(lastNanos);
    } else if (lastNanos - ahead.getAsLong() >= WHILE_NANOS && agreed.getAsBoolean()) {
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
