package dev.troupe.clusterconfig.postgres;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The database does not do what was asked; the message tells a person why and what to do.
public final class DatabaseFailedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  DatabaseFailedException(String message) {
    this(message, null);
  }

  DatabaseFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
