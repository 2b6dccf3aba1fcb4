package dev.troupe.testkit.world;

import java.time.Duration;

/// What is not as it should be in a world, at the moment.
public final class Disturbances {

  private Duration delay = Duration.ZERO;
  private Duration lag = Duration.ZERO;
  private double lostAnswers;
  private boolean keepsPositions = true;

  /// The longest that writes, activities and their answers take.
  public Duration delay() {
    return delay;
  }

  public void delay(Duration longest) {
    delay = longest;
  }

  /// The longest that changes take until controllers see them. Those that come meanwhile are seen
  /// at once.
  public Duration lag() {
    return lag;
  }

  public void lag(Duration longest) {
    lag = longest;
  }

  /// How likely an answer gets lost, though what was asked for has been done.
  public double lostAnswers() {
    return lostAnswers;
  }

  public void lostAnswers(double probability) {
    lostAnswers = probability;
  }

  /// Whether it is written down how far controllers have come.
  public boolean keepsPositions() {
    return keepsPositions;
  }

  public void keepsPositions(boolean so) {
    keepsPositions = so;
  }
}
