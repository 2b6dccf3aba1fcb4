package dev.troupe.controllerhost.connection;

/// How many calls a second there may be: each is told how long it has to wait. Safe for any number
/// of threads.
final class CallRate {

  private static final long SECOND_NANOS = 1_000_000_000;

  private final long step;
  private final long burst;
  private long next;

  /// @param perSecond calls in the long run
  /// @param burst calls that may come at once after a pause
  CallRate(int perSecond, int burst, long now) {
    this.step = SECOND_NANOS / perSecond;
    this.burst = step * burst;
    this.next = now - this.burst;
  }

  /// Takes a place in the line.
  ///
  /// @return after how many nanoseconds it is its turn
  synchronized long take(long now) {
    next = Math.max(next, now - burst) + step;
    return Math.max(0, next - now);
  }
}
