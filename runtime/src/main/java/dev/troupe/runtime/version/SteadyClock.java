package dev.troupe.runtime.version;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that neither jumps nor goes back: the monotonic clock, anchored to the wall clock at the
/// start and slewed towards it afterwards, by at most half a millisecond per second.
///
/// When somebody sets the wall clock, this one takes its time to follow: a version read from it
/// stays near the time that passed.
public final class SteadyClock implements InstantSource {

  private static final long SLEW_DIVISOR = 2_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;

  private long lastNanos;

  /// Nanoseconds since the epoch; good for the years until 2262.
  private long reading;

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
    reading += elapsed + Math.clamp(error, -most, most);
    return reading / NANOS_PER_MILLI;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
