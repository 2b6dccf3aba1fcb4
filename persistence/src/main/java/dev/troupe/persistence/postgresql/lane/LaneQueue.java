package dev.troupe.persistence.postgresql.lane;

import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What waits for one lane, bounded.
public final class LaneQueue {

  private final int most;
  private List<LaneTask> waiting = new ArrayList<>();
  private @Nullable StoreException end;

  LaneQueue(int most) {
    this.most = most;
  }

  /// Adds something, or answers it at once: that it is refused.
  void add(LaneTask next) {
    var refusal = offer(next);
    if (refusal != null) {
      next.fail(refusal);
    }
  }

  private synchronized @Nullable StoreException offer(LaneTask next) {
    if (end != null) {
      return end;
    }
    if (waiting.size() >= most && next instanceof LaneTask.Append append) {
      append.answer().complete(Outcome.OVERLOADED);
      return null;
    }
    waiting.add(next);
    notifyAll();
    return null;
  }

  /// Takes all that waits; waits itself while there is nothing. Empty when it has ended.
  synchronized List<LaneTask> take() throws InterruptedException {
    while (waiting.isEmpty() && end == null) {
      wait();
    }
    var taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  /// Refuses everything from now on. What waits is still taken.
  synchronized void end(StoreException reason) {
    if (end == null) {
      end = reason;
      notifyAll();
    }
  }

  /// Fails what waits.
  void abandon(StoreException reason) {
    end(reason);
    List<LaneTask> left;
    synchronized (this) {
      left = waiting;
      waiting = new ArrayList<>();
    }
    left.forEach(next -> next.fail(reason));
  }
}
