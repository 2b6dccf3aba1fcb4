package dev.troupe.runtime.member;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who waits until when. Looked through now and then: a timer for each would wake a thread for
/// each, and nearly all are over long before their time.
final class Deadlines {

  /// One that waits. Compared by identity.
  static final class Waiting {
    private final long until;
    private final Runnable late;

    private Waiting(long until, Runnable late) {
      this.until = until;
      this.late = late;
    }
  }

  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();

  /// @param until in milliseconds
  /// @param late runs, on any thread, when it is past, and the waiting has not ended
  Waiting begin(long until, Runnable late) {
    var waiting = new Waiting(until, late);
    all.add(waiting);
    return waiting;
  }

  void end(Waiting waiting) {
    all.remove(waiting);
  }

  /// Looks through them.
  void look(long now) {
    all.removeIf(waiting -> {
      boolean isLate = waiting.until < now;
      if (isLate) {
        waiting.late.run();
      }
      return isLate;
    });
  }

  int size() {
    return all.size();
  }
}
