package dev.troupe.runtime.controller;

import dev.troupe.api.controller.Cause;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/// A host's end of the line to one of its actors: one message at a time is on its way, causes that
/// come up meanwhile go together in the next.
final class Child {

  private static final int MOST_CAUSES = 32;

  private final ActorRef<ControllerActor.Command> ref;
  private final Set<Cause> causes = new LinkedHashSet<>();
  private final Deque<ControllerActor.FromHost> urgent = new ArrayDeque<>(2);
  private boolean underWay;

  Child(ActorRef<ControllerActor.Command> ref) {
    this.ref = ref;
  }

  ActorRef<ControllerActor.Command> ref() {
    return ref;
  }

  void wake(Cause cause) {
    if (causes.size() < MOST_CAUSES || !(cause instanceof Cause.RelatedChanged)) {
      causes.add(cause);
    }
    send();
  }

  void tell(ControllerActor.FromHost message) {
    urgent.add(message);
    send();
  }

  void handled() {
    underWay = false;
    send();
  }

  boolean idle() {
    return !underWay && causes.isEmpty() && urgent.isEmpty();
  }

  private void send() {
    if (underWay) {
      return;
    }
    var next = urgent.poll();
    if (next != null) {
      underWay = true;
      ref.tell(next);
    } else if (!causes.isEmpty()) {
      underWay = true;
      ref.tell(new ControllerActor.Wake(List.copyOf(causes)));
      causes.clear();
    }
  }
}
