package dev.troupe.benchmarks.report;

import java.time.Duration;

/// How often something is measured, and for how long each time.
public record Rounds(int count, Duration length) {

  public Rounds {
    if (count < 1 || !length.isPositive()) {
      throw new IllegalArgumentException("a measurement needs a round and a length");
    }
  }
}
