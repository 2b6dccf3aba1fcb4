package dev.troupe.testkit.proxy;

import java.time.Duration;

/// How a link treats what goes through it in one direction.
///
/// @param latency how much later everything arrives
/// @param jitter up to how much later than that; nothing overtakes what was sent before
/// @param bytesPerSecond how many go through; 0 for any number
/// @param stopped nothing arrives any more, and nobody is told
/// @param lostAnswers how many of a hundred answers do not arrive: the connection breaks instead
public record LinkCondition(
    Duration latency, Duration jitter, long bytesPerSecond, boolean stopped, int lostAnswers) {

  /// Everything goes through at once.
  public static final LinkCondition CLEAR =
      new LinkCondition(Duration.ZERO, Duration.ZERO, 0, false, 0);

  public LinkCondition {
    if (latency.isNegative() || jitter.isNegative() || bytesPerSecond < 0 || lostAnswers < 0) {
      throw new IllegalArgumentException("nothing of a link can be below zero");
    }
  }

  public LinkCondition withLatency(Duration latency, Duration jitter) {
    return new LinkCondition(latency, jitter, bytesPerSecond, stopped, lostAnswers);
  }

  public LinkCondition withBytesPerSecond(long bytesPerSecond) {
    return new LinkCondition(latency, jitter, bytesPerSecond, stopped, lostAnswers);
  }

  public LinkCondition withStopped(boolean stopped) {
    return new LinkCondition(latency, jitter, bytesPerSecond, stopped, lostAnswers);
  }

  public LinkCondition withLostAnswers(int percent) {
    return new LinkCondition(latency, jitter, bytesPerSecond, stopped, percent);
  }
}
