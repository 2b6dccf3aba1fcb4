package dev.troupe.runtime.failure;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Why something that was asked for did not come. Stages wrap what they fail with, and one behind
/// another may do so once more.
public final class Failures {

  private Failures() {}

  /// What it failed with, out of all wrapping.
  public static Throwable cause(@Nullable Throwable failure) {
    if (failure == null) {
      return new IllegalStateException("no answer");
    }
    var inner = failure.getCause();
    boolean wraps = failure instanceof CompletionException || failure instanceof ExecutionException;
    return wraps && inner != null ? cause(inner) : failure;
  }

  /// The same for whoever throws it on: as it is, if that can be.
  public static RuntimeException unchecked(@Nullable Throwable failure) {
    var cause = cause(failure);
    return cause instanceof RuntimeException thrown ? thrown : new CompletionException(cause);
  }
}
