package dev.troupe.clusterconfig.member;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The members of a cluster do not let another one in. The message tells a person why and what to
/// do; before that is done it is of no use to try again.
public final class NotAdmittedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public NotAdmittedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
