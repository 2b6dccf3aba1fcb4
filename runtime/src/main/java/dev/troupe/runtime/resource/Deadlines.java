package dev.troupe.runtime.resource;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who waits until when. Looked through now and then: a timer for each would wake a thread for
/// each, and nearly all are over long before their time.
public final class Deadlines {

  /// One that waits. Compared by identity.
  public static final class Waiting {
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
  public Waiting begin(long until, Runnable late) {
    var waiting = new Waiting(until, late);
    all.add(waiting);
    return waiting;
  }

  /// @return whether it had not ended yet
  public boolean end(Waiting waiting) {
    return all.remove(waiting);
  }

  /// Looks through them.
  public void look(long now) {
    all.forEach(waiting -> {
      if (waiting.until < now && all.remove(waiting)) {
        waiting.late.run();
      }
    });
  }

  int size() {
    return all.size();
  }
}
