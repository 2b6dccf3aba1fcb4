package dev.troupe.testkit.load;

import java.time.Duration;

/// When a client's requests are due.
///
/// @param first the first of them
/// @param nanos between two
record Rhythm(long first, long nanos) {

  private static final long SECOND = 1_000_000_000;

  static Rhythm every(Duration each) {
    return new Rhythm(System.nanoTime(), each.toNanos());
  }

  /// Of each of several who share a rate.
  static Rhythm shared(int perSecond, int clients) {
    return every(Duration.ofNanos(SECOND * clients / perSecond));
  }

  /// They take their turns.
  Rhythm from(int client, int clients) {
    return new Rhythm(first + nanos * client / clients, nanos);
  }
}
