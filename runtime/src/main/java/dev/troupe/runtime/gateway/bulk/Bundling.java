package dev.troupe.runtime.gateway.bulk;

import dev.troupe.runtime.gateway.message.Bundle;
import dev.troupe.runtime.gateway.message.Sendable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Letters to one member by one way. Whoever sends the first wakes the thread that sends; what
/// others say until it runs goes along. So a letter alone waits for nobody, and among many a
/// message from member to member, which costs the same whatever is in it, carries several. Used by
/// any thread; the order is kept.
public final class Bundling {

  /// Bytes that go together, unless one letter has more. A frame between members has 256 KiB.
  static final int TOGETHER = 64 * 1024;

  /// Bytes that wait: for a thread that does nothing else, so that it is a matter of milliseconds.
  static final int WAITING = 16 * 1024 * 1024;

  private record Weighed(Sendable letter, long bytes) {}

  private final Consumer<Object> way;
  private final Executor sender;
  private final Queue<Weighed> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean isAwake;

  /// @param way takes a [Sendable] or a [Bundle], one after the other
  /// @param sender does so; where it ends with its process, what waits is lost
  public Bundling(Consumer<Object> way, Executor sender) {
    this.way = way;
    this.sender = sender;
  }

  /// @param size about how many bytes it has
  /// @return false if there is no room: it is not sent then
  public boolean send(Sendable letter, long size) {
    synchronized (this) {
      if (bytes + size > WAITING) {
        return false;
      }
      waiting.add(new Weighed(letter, size));
      bytes += size;
      if (isAwake) {
        return true;
      }
      isAwake = true;
    }
    wake();
    return true;
  }

  private void wake() {
    try {
      sender.execute(this::run);
    } catch (RejectedExecutionException ended) {
      synchronized (this) {
        waiting.clear();
        bytes = 0;
        isAwake = false;
      }
    }
  }

  private void run() {
    for (var next = next(); !next.isEmpty(); next = next()) {
      way.accept(next.size() == 1 ? next.getFirst() : new Bundle(next));
    }
  }

  /// What goes now; when there is nothing, the next letter wakes the sender again.
  private synchronized List<Sendable> next() {
    var next = new ArrayList<Sendable>();
    long size = 0;
    for (var first = waiting.peek();
        first != null && (next.isEmpty() || size + first.bytes() <= TOGETHER);
        first = waiting.peek()) {
      next.add(waiting.remove().letter());
      size += first.bytes();
    }
    bytes -= size;
    isAwake = !next.isEmpty();
    return next;
  }
}
