package dev.troupe.testkit.proxy;

import java.util.random.RandomGenerator;

/// When what has come on a link may go on. Knows no time but what it is told.
final class LinkPacing {

  private static final double SECOND = 1e9;

  /// A narrow link sends so much of a second at once.
  private static final int PARTS_OF_A_SECOND = 50;

  private final RandomGenerator random;
  private long lineFree = Long.MIN_VALUE;

  LinkPacing(RandomGenerator random) {
    this.random = random;
  }

  /// @param chance from 0 to 1, how much of the jitter it meets
  record Arrival(long nanos, double chance) {}

  Arrival arrived(long nanos) {
    return new Arrival(nanos, random.nextDouble());
  }

  /// How many of some bytes go at once.
  static int portion(int bytes, LinkCondition condition) {
    return condition.bytesPerSecond() == 0
        ? bytes
        : (int) Math.min(bytes, Math.max(1, condition.bytesPerSecond() / PARTS_OF_A_SECOND));
  }

  /// When some bytes of an arrival have gone through. It may be asked again under another
  /// condition.
  long goes(Arrival arrival, int bytes, LinkCondition condition) {
    long due =
        arrival.nanos()
            + condition.latency().toNanos()
            + (long) (arrival.chance() * condition.jitter().toNanos());
    return condition.bytesPerSecond() == 0
        ? due
        : Math.max(due, lineFree) + (long) (bytes * SECOND / condition.bytesPerSecond());
  }

  /// What comes next has the line from then on.
  void lineIsFree(long nanos) {
    lineFree = nanos;
  }
}
