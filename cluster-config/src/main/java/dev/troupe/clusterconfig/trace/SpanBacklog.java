package dev.troupe.clusterconfig.trace;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// How many spans wait until the collector has them, of which there are so many at most, and how
/// many it has never got.
final class SpanBacklog {

  private final int most;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder lost = new LongAdder();

  SpanBacklog(int most) {
    this.most = most;
  }

  /// One more is to be sent.
  ///
  /// @return false if there is no room for it: it is lost
  boolean enter() {
    if (waiting.incrementAndGet() <= most) {
      return true;
    }
    waiting.decrementAndGet();
    lost.increment();
    return false;
  }

  /// Some of them wait no more.
  ///
  /// @param arrived whether the collector has them
  void leave(int spans, boolean arrived) {
    waiting.addAndGet(-spans);
    if (!arrived) {
      lost.add(spans);
    }
  }

  long lost() {
    return lost.sum();
  }
}
