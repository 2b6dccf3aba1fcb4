package dev.troupe.apiserver.status;

import dev.troupe.resources.mutation.Refusal;

/// Carries a [Refusal] out of code that reads what a client sent. It is an expected outcome: no
/// stack trace, never logged.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  /// A `400 BadRequest`.
  public static RefusedException badRequest(String message) {
    return new RefusedException(Refusal.badRequest(message));
  }

  public Refusal refusal() {
    return refusal;
  }
}
