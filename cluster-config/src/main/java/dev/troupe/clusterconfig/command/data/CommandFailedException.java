package dev.troupe.clusterconfig.command.data;

import java.io.Serial;

/// A command could not do what it was asked for; the message says what was wrong and what to do.
public final class CommandFailedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public CommandFailedException(String message) {
    super(message);
  }
}
