package dev.troupe.runtime.controller.work;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Why something that was asked for did not come.
public final class Failures {

  private Failures() {}

  public static Throwable cause(@Nullable Throwable failure) {
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return cause(wrapped.getCause());
    }
    return failure == null ? new IllegalStateException("no answer") : failure;
  }
}
