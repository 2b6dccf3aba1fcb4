package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Cause;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.PendingCauses;
import dev.troupe.runtime.controller.plan.Subject;
import dev.troupe.runtime.controller.view.Sight;
import java.time.Instant;

/// One pass over an object, from a look at it to the last write: what was seen, and why.
///
/// @param name tells its writes apart from those of all other rounds, unless its decision is
///   persisted
record Round(long number, String name, Subject subject, Sight sight, PendingCauses.Taken causes) {

  String uid() {
    return subject.uid();
  }

  ObjectEffect.Reconcile reconcile(ObjectState state, long now) {
    return new ObjectEffect.Reconcile(
        number, sight, causes.chosen(), withoutFired(state), Instant.ofEpochMilli(now));
  }

  /// A timer that has fired is over.
  ObjectState withoutFired(ObjectState state) {
    return causes.chosen() instanceof Cause.TimerFired(var timer)
        ? state.withoutTimer(timer)
        : state;
  }

  /// Numbers the rounds of one machine, and names them apart from those of all others.
  static final class Sequence {

    private final String incarnation;
    private long begun;

    Sequence(String incarnation) {
      this.incarnation = incarnation;
    }

    Round next(Subject subject, Sight sight, PendingCauses.Taken causes) {
      long number = ++begun;
      return new Round(number, incarnation + "." + number, subject, sight, causes);
    }
  }
}
