package dev.troupe.resources.table;

import java.time.Duration;

/// A duration in two or three significant figures, as people like to read an age.
public final class HumanDuration {

  private HumanDuration() {}

  public static String of(Duration duration) {
    long seconds = duration.toMillis() / 1000;
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 120) {
      return Math.max(seconds, 0) + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 180) {
      return minutes < 10 ? pair(minutes, "m", seconds % 60, "s") : minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 48) {
      return hours < 8 ? pair(hours, "h", minutes % 60, "m") : hours + "h";
    }
    long days = hours / 24;
    if (days < 730) {
      return days < 8 ? pair(days, "d", hours % 24, "h") : days + "d";
    }
    return days < 365 * 8 ? pair(days / 365, "y", days % 365, "d") : days / 365 + "y";
  }

  private static String pair(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + small + smallUnit;
  }
}
