package dev.troupe.runtime.collection.logic;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// How long to wait before opening again: longer each time, until something has been released.
final class Retries {

  private static final Duration FIRST_DELAY = Duration.ofMillis(50);

  /// Whatever the store was away for, it is noticed soon when it is back.
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

  private static final int MOST_DOUBLINGS = 5;

  private final DoubleSupplier random;
  private int failures;

  /// @param random between 0 and 1
  Retries(DoubleSupplier random) {
    this.random = random;
  }

  Duration next() {
    long longest = FIRST_DELAY.toMillis() << Math.min(failures, MOST_DOUBLINGS);
    long delay = Math.min(longest, LONGEST_DELAY.toMillis());
    failures++;
    return Duration.ofMillis((long) (delay * (0.5 + random.getAsDouble() / 2)));
  }

  void reset() {
    failures = 0;
  }
}
