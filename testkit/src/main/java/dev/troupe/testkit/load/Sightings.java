package dev.troupe.testkit.load;

import java.util.ArrayList;
import java.util.List;

/// When a watcher of the whole collection was shown something, over all its watches: it begins the
/// next one where the last one ended.
public final class Sightings {

  private final int endpoint;
  private final List<Long> times = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private long shown;
  private int watches;
  private int expiries;

  Sightings(int endpoint) {
    this.endpoint = endpoint;
  }

  /// The endpoint that it asks first.
  public int endpoint() {
    return endpoint;
  }

  synchronized void begins(long nanos) {
    watches++;
    if (times.isEmpty()) {
      times.add(nanos);
    }
  }

  synchronized void shown(long version, long nanos) {
    if (version > shown) {
      shown = version;
      times.add(nanos);
    }
  }

  synchronized void ended(String fault) {
    if (!fault.isEmpty()) {
      faults.add(fault);
    }
  }

  /// It was told that what it would go on from is gone.
  ///
  /// @return how often that was
  synchronized int expired() {
    return ++expiries;
  }

  /// How many watches it has begun.
  public synchronized int watches() {
    return watches;
  }

  /// Why watches could not be begun.
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  public synchronized List<Long> times() {
    return List.copyOf(times);
  }

  /// The longest time without anything, among those that end behind a moment.
  public synchronized long longestGapBehind(long from) {
    long longest = 0;
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i) > from) {
        longest = Math.max(longest, times.get(i) - Math.max(from, times.get(i - 1)));
      }
    }
    return longest;
  }
}
