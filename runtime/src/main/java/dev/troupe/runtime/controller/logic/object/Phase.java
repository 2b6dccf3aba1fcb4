package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Failure;
import dev.troupe.runtime.controller.logic.state.ObjectState;

/// Where an object's machine is; each phase owns what is only known in it.
sealed interface Phase {

  /// Nothing is under way but calls.
  record Resting() implements Phase {}

  /// Until the view shows what the machine has written.
  record Looking() implements Phase {}

  /// Until the controller has answered.
  record Reconciling(Round round) implements Phase {}

  /// Until the decision is durable; it is carried out then.
  record Persisting(Decided decided) implements Phase {}

  /// Until what has happened besides decisions is durable: a failure, its end, results of calls.
  record Saving(ObjectState state) implements Phase {}

  /// Until it is durable that nothing is remembered.
  record Forgetting() implements Phase {}

  /// Until all writes that are in flight are answered.
  sealed interface Unanswered extends Phase permits Writing, GivingUp, Finalizing {

    Round round();

    /// How many writes are in flight.
    int inFlight();
  }

  /// A write has failed, so no more are sent.
  record GivingUp(Round round, Failure failure, int inFlight) implements Unanswered {}

  /// The finalizer comes or goes.
  record Finalizing(Round round) implements Unanswered {

    @Override
    public int inFlight() {
      return 1;
    }
  }
}
