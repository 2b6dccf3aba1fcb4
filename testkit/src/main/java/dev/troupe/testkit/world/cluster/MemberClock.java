package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.TwoClocks;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The clocks of one member: its wall clock is off, both run a little too fast or too slow, and the
/// steady one stands still while the machine is paused.
final class MemberClock implements Supplier<TwoClocks> {

  private static final long NANOS = 1_000_000;

  private final InstantSource time;
  private final double rate;
  private final long begin;

  private long offset;
  private long stood;
  private long stands = -1;

  /// @param rate how many of its seconds a second has
  /// @param offset of the wall clock, in milliseconds
  MemberClock(InstantSource time, double rate, long offset) {
    this.time = time;
    this.rate = rate;
    this.begin = time.millis();
    this.offset = offset;
  }

  @Override
  public TwoClocks get() {
    long passed = time.millis() - begin;
    long standing = stands < 0 ? 0 : time.millis() - stands;
    return new TwoClocks(
        begin + offset + (long) (passed * rate),
        (long) ((passed - stood - standing) * rate * NANOS));
  }

  void pause() {
    if (stands < 0) {
      stands = time.millis();
    }
  }

  void resume() {
    if (stands >= 0) {
      stood += time.millis() - stands;
      stands = -1;
    }
  }

  /// Somebody sets the wall clock.
  void setWall(long byMillis) {
    offset += byMillis;
  }

  /// It is set as all others are.
  void synchronise() {
    offset = 0;
  }
}
