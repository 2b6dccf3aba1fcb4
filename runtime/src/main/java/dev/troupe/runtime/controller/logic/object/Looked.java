package dev.troupe.runtime.controller.logic.object;

import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.plan.Subject;
import org.jspecify.annotations.Nullable;

/// What a look at an object that is there calls for.
enum Looked {
  /// It is being deleted, and the controller has let it go.
  OVER,
  /// The controller cannot tell what relates to it.
  FAILING,
  /// The controller needs its finalizer before it does anything.
  UNHELD,
  /// All that was to be done before the end is done.
  RELEASED,
  TO_RECONCILE;

  /// @param failure why the controller cannot be asked about it; null if it can
  static Looked at(Subject subject, @Nullable String failure, ObjectState state, Profile profile) {
    boolean finalizes = !profile.finalizer().isEmpty();
    boolean deleting = subject.deleting();
    boolean held = finalizes && subject.finalizers().contains(profile.finalizer());
    if (finalizes && deleting && !held) {
      return OVER;
    }
    if (failure != null) {
      return FAILING;
    }
    if (finalizes && !held) {
      return UNHELD;
    }
    boolean released = state.releasing() && deleting && held && !state.hasPendingCalls();
    return released ? RELEASED : TO_RECONCILE;
  }
}
