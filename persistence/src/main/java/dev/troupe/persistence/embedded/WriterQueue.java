package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.WriterTask.Append;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits for the writer, bounded in groups.
final class WriterQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final int maxGroups;
  private ArrayList<WriterTask> waiting = new ArrayList<>();
  private int groups;
  private boolean writerSleeps;
  private @Nullable StoreException end;

  WriterQueue(int maxGroups) {
    this.maxGroups = maxGroups;
  }

  /// Adds a command, or fails it at once.
  void add(WriterTask command) {
    var refusal = offer(command);
    if (refusal != null) {
      refusal.run();
    }
  }

  /// @return how to refuse it; null if it has been added
  private @Nullable Runnable offer(WriterTask command) {
    lock.lock();
    try {
      var reason = end;
      if (reason != null) {
        return () -> command.fail(reason);
      }
      if (command instanceof Append append) {
        if (groups > 0 && groups + append.groups().size() > maxGroups) {
          return () -> append.refuse(Outcome.OVERLOADED);
        }
        groups += append.groups().size();
      }
      waiting.add(command);
      if (writerSleeps) {
        filled.signal();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// Takes everything that waits; waits itself while there is nothing.
  List<WriterTask> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        writerSleeps = true;
        filled.await();
      }
      writerSleeps = false;
      var taken = waiting;
      waiting = new ArrayList<>();
      groups = 0;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Refuses everything from now on. What waits is still taken, with `last` behind it.
  ///
  /// @return false if it had ended already; `last` is not taken then
  boolean endWith(WriterTask last, StoreException reason) {
    lock.lock();
    try {
      if (end != null) {
        return false;
      }
      end = reason;
      waiting.add(last);
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Refuses everything from now on, and what waits.
  void end(StoreException reason) {
    List<WriterTask> refused;
    lock.lock();
    try {
      end = reason;
      refused = waiting;
      waiting = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    refused.forEach(command -> command.fail(reason));
  }

  /// Why everything is refused; null while it is not.
  @Nullable StoreException end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }
}
