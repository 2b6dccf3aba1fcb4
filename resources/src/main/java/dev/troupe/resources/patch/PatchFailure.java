package dev.troupe.resources.patch;

import dev.troupe.resources.patch.Patched.Reason;

/// Ends the application of a patch from deep inside; never leaves the package.
final class PatchFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Reason reason;

  private PatchFailure(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  static PatchFailure malformed(String message) {
    return new PatchFailure(Reason.MALFORMED, message);
  }

  static PatchFailure tooManyOperations(String message) {
    return new PatchFailure(Reason.TOO_MANY_OPERATIONS, message);
  }

  static PatchFailure inapplicable(String message) {
    return new PatchFailure(Reason.INAPPLICABLE, message);
  }

  Patched rejected() {
    var message = getMessage();
    return new Patched.Rejected(reason, message == null ? "" : message);
  }
}
