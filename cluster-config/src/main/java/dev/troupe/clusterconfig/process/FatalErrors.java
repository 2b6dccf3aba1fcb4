package dev.troupe.clusterconfig.process;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which errors a process does not survive: what comes after them can be half done, anywhere.
///
/// A stack that overflows is none: it is unwound, and what was being done has failed. In an actor
/// it is, and Pekko ends its system.
final class FatalErrors {

  /// Causes of causes that are looked at.
  private static final int DEEPEST = 16;

  private FatalErrors() {}

  /// The fatal error in a throwable or its causes, wherever it was caught.
  static Optional<Throwable> in(@Nullable Throwable thrown) {
    var some = thrown;
    for (int depth = 0; some != null && depth < DEEPEST; depth++) {
      if (isFatal(some)) {
        return Optional.of(some);
      }
      some = some.getCause();
    }
    return Optional.empty();
  }

  /// Libraries try native code that is not there, and go on without it.
  private static boolean isFatal(Throwable thrown) {
    return switch (thrown) {
      case StackOverflowError _, UnsatisfiedLinkError _ -> false;
      case VirtualMachineError _, LinkageError _ -> true;
      default -> false;
    };
  }
}
