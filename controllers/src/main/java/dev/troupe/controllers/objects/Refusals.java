package dev.troupe.controllers.objects;

import dev.troupe.api.controller.Cause;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells what was refused from what merely came too late: a conflict is no failure to report.
public final class Refusals {

  private static final Pattern REFUSAL = Pattern.compile("4\\d\\d (.*)", Pattern.DOTALL);

  private Refusals() {}

  /// The message of the refusal that the last attempt met, if it was one. It begins with its code.
  public static Optional<String> of(Cause cause) {
    if (!(cause instanceof Cause.Failed(_, var message))) {
      return Optional.empty();
    }
    var refusal = REFUSAL.matcher(message);
    return refusal.matches() ? Optional.of(refusal.group(1)) : Optional.empty();
  }
}
