package dev.troupe.controllers.objects;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.refusal.StatusReason;
import java.util.Optional;

/// What was refused when an object was reconciled last, and did not merely come too late: a
/// conflict is no failure to report.
public final class LastRefusal {

  private LastRefusal() {}

  /// The message of the refusal that the last attempt met, if it was one.
  public static Optional<String> of(Cause cause) {
    return cause instanceof Cause.Failed(_, Failure.Refused(var reason, var message, _))
            && !reason.isConflict()
            && !reason.isServerError()
        ? Optional.of(message)
        : Optional.empty();
  }

  /// Whether the last attempt met an object of a name that it wanted for a new one. What belongs to
  /// the reconciled object is seen: it is somebody else's.
  public static boolean wasTaken(Cause cause) {
    return cause instanceof Cause.Failed(_, Failure.Refused(var reason, _, _))
        && reason == StatusReason.ALREADY_EXISTS;
  }
}
