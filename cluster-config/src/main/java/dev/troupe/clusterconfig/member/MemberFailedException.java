package dev.troupe.clusterconfig.member;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A member could not start; the message tells a person why and what to do.
public final class MemberFailedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public MemberFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
