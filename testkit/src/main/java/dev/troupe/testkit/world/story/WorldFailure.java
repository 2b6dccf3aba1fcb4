package dev.troupe.testkit.world.story;

import org.jspecify.annotations.Nullable;

/// What a test is told: what does not hold, the seed that repeats it, and what has happened.
public final class WorldFailure extends AssertionError {

  private static final long serialVersionUID = 1;

  public WorldFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
