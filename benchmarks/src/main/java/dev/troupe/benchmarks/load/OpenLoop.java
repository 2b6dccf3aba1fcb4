package dev.troupe.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Does something at fixed moments, whether or not what was done before has been answered: a server
/// that stalls does not make its load wait.
public final class OpenLoop {

  /// What is done.
  public interface Deed {

    /// @param number counts up from 0
    /// @param due when it should be done, by [System#nanoTime()]
    void run(int number, long due);
  }

  private OpenLoop() {}

  /// Does `count` deeds, the first at once. Returns when the last has been begun.
  public static void run(int count, int perSecond, Deed deed) {
    long start = System.nanoTime();
    for (int number = 0; number < count; number++) {
      long due = start + due(number, perSecond).toNanos();
      await(due);
      deed.run(number, due);
    }
  }

  /// How long after the beginning a deed is due.
  static Duration due(int number, int perSecond) {
    return Duration.ofSeconds(number).dividedBy(perSecond);
  }

  private static void await(long due) {
    try {
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while measuring", e);
    }
  }
}
