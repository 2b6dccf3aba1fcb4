package dev.troupe.api.imperative;

import java.time.Duration;

/// When an object is to be looked at again although nothing has changed.
///
/// @param after zero for never
public record NextLook(Duration after) {

  public static final NextLook WHEN_IT_CHANGES = new NextLook(Duration.ZERO);

  public static NextLook in(Duration after) {
    return new NextLook(after);
  }
}
