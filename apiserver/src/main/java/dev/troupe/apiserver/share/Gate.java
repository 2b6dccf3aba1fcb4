package dev.troupe.apiserver.share;

import java.util.concurrent.atomic.AtomicInteger;

/// Lets so many in at a time.
public final class Gate {

  private final int limit;
  private final AtomicInteger inside = new AtomicInteger();

  public Gate(int limit) {
    this.limit = limit;
  }

  public boolean enter() {
    if (inside.incrementAndGet() <= limit) {
      return true;
    }
    inside.decrementAndGet();
    return false;
  }

  /// Called once by each that has entered.
  public void leave() {
    inside.decrementAndGet();
  }

  public int inside() {
    return inside.get();
  }
}
