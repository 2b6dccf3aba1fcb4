package dev.troupe.testkit.experiment.plan;

import java.time.Duration;
import java.util.Random;

/// How long something lasts where a seed says how long exactly: at least, and at most.
public record DurationRange(Duration least, Duration most) {

  public DurationRange {
    if (least.isNegative() || least.compareTo(most) > 0 || most.compareTo(Timing.LONGEST) > 0) {
      throw new IllegalArgumentException("nothing lasts from " + least + " to " + most);
    }
  }

  /// Always as long.
  public static DurationRange exactly(Duration length) {
    return new DurationRange(length, length);
  }

  /// One of them, in whole milliseconds.
  public Duration draw(Random random) {
    int width = Math.toIntExact(most.toMillis() - least.toMillis());
    return least.plusMillis(random.nextInt(width + 1));
  }

  /// A length as files say it.
  public static String text(Duration length) {
    long millis = length.toMillis();
    if (millis == 0 || millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  @Override
  public String toString() {
    return least.equals(most) ? text(least) : text(least) + ".." + text(most);
  }
}
