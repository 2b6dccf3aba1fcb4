package dev.troupe.clusterconfig.discovery;

import org.jspecify.annotations.Nullable;

/// Members could not be looked up. The message is a sentence for people.
final class LookupFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  LookupFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
