package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.controller.Cause;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A host's end of the line to one of its objects: one message at a time is on its way, causes that
/// come up meanwhile go together in the next.
final class Line {

  private static final int MOST_CAUSES = 32;

  private final Set<Cause> causes = new LinkedHashSet<>();
  private final Deque<ObjectMessage.FromHost> urgent = new ArrayDeque<>(2);
  private boolean underWay;

  /// @return what is to be sent now; null if nothing
  ObjectMessage.@Nullable FromHost wake(Cause cause) {
    if (causes.size() < MOST_CAUSES || !(cause instanceof Cause.RelatedChanged)) {
      causes.add(cause);
    }
    return next();
  }

  /// @return what is to be sent now; null if nothing
  ObjectMessage.@Nullable FromHost tell(ObjectMessage.FromHost message) {
    urgent.add(message);
    return next();
  }

  /// @return what is to be sent now; null if nothing
  ObjectMessage.@Nullable FromHost handled() {
    underWay = false;
    return next();
  }

  boolean idle() {
    return !underWay && causes.isEmpty() && urgent.isEmpty();
  }

  private ObjectMessage.@Nullable FromHost next() {
    if (underWay || (urgent.isEmpty() && causes.isEmpty())) {
      return null;
    }
    underWay = true;
    var next = urgent.poll();
    return next != null ? next : woken();
  }

  private ObjectMessage.Wake woken() {
    var woken = new ObjectMessage.Wake(List.copyOf(causes));
    causes.clear();
    return woken;
  }
}
