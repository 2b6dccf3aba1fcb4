package dev.troupe.runtime.controller.view;

import java.time.Duration;
import java.time.InstantSource;

/// A decoder that keeps a few objects.
public final class Decoders {

  private Decoders() {}

  public static Decoder fresh() {
    return new Decoder(
        new Decoder.Limits(10, 1 << 20, Duration.ofMinutes(1)), InstantSource.system());
  }
}
