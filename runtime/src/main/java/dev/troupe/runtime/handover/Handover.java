package dev.troupe.runtime.handover;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// How a write goes from actor to actor. Waking a thread for each of them takes longer than what
/// they do; so while a write is alone, the actor that is told goes on on the thread of whoever
/// tells it, if it has nothing else to do. Among many writes the actors share the threads of their
/// dispatcher, as ever.
public final class Handover {

  /// What the [HandoverExecutor] is asked to run while somebody tells an actor something here.
  private static final ThreadLocal<@Nullable Slot> SLOT = new ThreadLocal<>();

  static final class Slot {
    private @Nullable Runnable actor;
    private HandoverExecutor.@Nullable SharedThreads pool;

    private void run() {
      if (actor != null && pool != null) {
        pool.run(actor);
      }
    }

    /// @return false if there is one already
    private boolean take(Runnable next, HandoverExecutor.SharedThreads from) {
      if (actor != null) {
        return false;
      }
      actor = next;
      pool = from;
      return true;
    }
  }

  private final AtomicInteger writes = new AtomicInteger();

  /// A write begins, which is a member's only one if it is alone.
  public void begin() {
    writes.incrementAndGet();
  }

  public void end() {
    writes.decrementAndGet();
  }

  /// Whether no more than one write is under way.
  public boolean isAlone() {
    return writes.get() <= 1;
  }

  /// Tells an actor something.
  ///
  /// @param tell is to tell one actor, and nothing else
  public void tell(Runnable tell) {
    if (!isAlone() || SLOT.get() != null) {
      tell.run();
      return;
    }
    var slot = new Slot();
    SLOT.set(slot);
    try {
      tell.run();
    } finally {
      SLOT.remove();
      // Even if telling has failed: nobody else will run the actor.
      slot.run();
    }
  }

  /// Whether this thread will run an actor itself.
  static boolean takes(Runnable actor, HandoverExecutor.SharedThreads pool) {
    var slot = SLOT.get();
    return slot != null && slot.take(actor, pool);
  }
}
