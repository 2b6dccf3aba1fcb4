package dev.troupe.controllerhost.member;

import org.jspecify.annotations.Nullable;

/// Controllers cannot run as they were told to; says why, and what to do.
public final class CannotRunException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CannotRunException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
