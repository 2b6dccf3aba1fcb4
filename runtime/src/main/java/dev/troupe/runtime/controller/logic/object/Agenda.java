package dev.troupe.runtime.controller.logic.object;

import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.Pace;
import dev.troupe.runtime.controller.logic.state.PendingCauses;
import org.jspecify.annotations.Nullable;

/// What an object with nothing under way is to do next.
final class Agenda {

  sealed interface Next {

    /// Something calls for a reconcile.
    record Look() implements Next {}

    /// Nothing does, but something has happened that is to be made durable.
    record Save(ObjectState state) implements Next {}

    /// There is nothing to do before `due`.
    ///
    /// @param held there is, but the object has been looked at too often
    record Rest(long due, boolean held) implements Next {}

    /// There is nothing to do before a call is answered.
    record Await() implements Next {}
  }

  private final BackOff backOff;
  private final PendingCauses pending;
  private final Remembered remembered;
  private final Calls calls;
  private final Pace pace = new Pace();

  Agenda(BackOff backOff, PendingCauses pending, Remembered remembered, Calls calls) {
    this.backOff = backOff;
    this.pending = pending;
    this.remembered = remembered;
    this.calls = calls;
  }

  Next next(long now) {
    var state = remembered.working();
    if (state != null) {
      pending.addDue(state, now);
    }
    if (!pending.isEmpty()) {
      return lookOrRest(state, now);
    }
    if (state != null && remembered.isUnsaved()) {
      return new Next.Save(state);
    }
    if (calls.areRunning()) {
      return new Next.Await();
    }
    return new Next.Rest(state == null ? Long.MAX_VALUE : state.due(), false);
  }

  private Next lookOrRest(@Nullable ObjectState state, long now) {
    var retry = state == null ? null : state.retry();
    long due = Math.max(pace.from(now), retry == null ? now : backOff.due(retry, pending.called()));
    if (now < due) {
      return new Next.Rest(due, pace.isHeld(now));
    }
    pace.looked(now);
    return new Next.Look();
  }

  /// Whether nothing would be lost but time if all of this were made again from what is persisted.
  boolean mayLeave() {
    return !calls.areRunning() && (pending.isEmpty() || onlyRetryIsPending());
  }

  private boolean onlyRetryIsPending() {
    var persisted = remembered.persisted();
    return !pending.called()
        && persisted != null
        && persisted.retry() != null
        && !pending.tellsResult();
  }
}
