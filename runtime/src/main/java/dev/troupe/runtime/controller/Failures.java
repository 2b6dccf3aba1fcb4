package dev.troupe.runtime.controller;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Why something that was asked for did not come.
final class Failures {

  private Failures() {}

  static Throwable cause(@Nullable Throwable failure) {
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return cause(wrapped.getCause());
    }
    return failure == null ? new IllegalStateException("no answer") : failure;
  }
}
