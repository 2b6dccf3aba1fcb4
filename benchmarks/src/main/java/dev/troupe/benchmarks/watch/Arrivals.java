package dev.troupe.benchmarks.watch;

/// When the events of one watcher have come, in nanoseconds, in their order. All watchers get the
/// same events in the same order, so that counting is enough to know which one it was.
final class Arrivals {

  private long[] moments = {};
  private int count;

  /// Begins to count anew.
  ///
  /// @param expected how many events will come
  void expect(int expected) {
    moments = new long[expected];
    count = 0;
  }

  void add(int events, long now) {
    for (int event = 0; event < events && count < moments.length; event++) {
      moments[count] = now;
      count++;
    }
  }

  int count() {
    return count;
  }

  boolean isComplete() {
    return count == moments.length;
  }

  /// When an event has come.
  ///
  /// @param event counted from 0
  long moment(int event) {
    return moments[event];
  }
}
