package dev.troupe.runtime.measure;

import dev.troupe.runtime.store.EventStore;
import java.util.Arrays;
import java.util.Optional;

/// How long the last commits of a store took, and when the last was over. Used by any thread.
final class RecentCommits {

  /// So many are remembered.
  static final int MOST = 512;

  private static final double MEDIAN = 0.5;
  private static final double SLOW = 0.99;

  private final long[] took = new long[MOST];
  private int count;
  private int next;
  private long lastEnd;

  /// @param nanos how long it took
  /// @param end by a clock that never goes back
  synchronized void add(long nanos, long end) {
    took[next] = nanos;
    next = (next + 1) % MOST;
    count = Math.min(count + 1, MOST);
    lastEnd = end;
  }

  /// Empty before the first.
  ///
  /// @param now by the same clock
  Optional<EventStore.Commits> report(long now) {
    long[] sorted;
    long since;
    synchronized (this) {
      sorted = Arrays.copyOf(took, count);
      since = Math.max(0, now - lastEnd);
    }
    if (sorted.length == 0) {
      return Optional.empty();
    }
    Arrays.sort(sorted);
    return Optional.of(
        new EventStore.Commits(sorted.length, at(sorted, MEDIAN), at(sorted, SLOW), since));
  }

  /// The one that so many are not slower than.
  private static long at(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
