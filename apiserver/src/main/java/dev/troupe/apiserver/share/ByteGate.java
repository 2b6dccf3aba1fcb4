package dev.troupe.apiserver.share;

import java.util.concurrent.atomic.AtomicLong;

/// Lets so many bytes in at a time. What is larger than all of it enters when nothing else is in.
public final class ByteGate {

  private final long limit;
  private final AtomicLong inside = new AtomicLong();

  public ByteGate(long limit) {
    this.limit = limit;
  }

  public boolean enter(long bytes) {
    long before = inside.getAndAdd(bytes);
    if (before == 0 || before + bytes <= limit) {
      return true;
    }
    inside.addAndGet(-bytes);
    return false;
  }

  /// @param bytes as many as have entered, no more
  public void leave(long bytes) {
    inside.addAndGet(-bytes);
  }

  public long inside() {
    return inside.get();
  }
}
