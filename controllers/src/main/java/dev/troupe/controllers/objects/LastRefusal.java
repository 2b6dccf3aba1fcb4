package dev.troupe.controllers.objects;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
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
}
