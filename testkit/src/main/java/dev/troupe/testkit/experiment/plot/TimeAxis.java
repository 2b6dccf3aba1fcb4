package dev.troupe.testkit.experiment.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The time of a run, from left to right.
///
/// @param duration in microseconds
public record TimeAxis(long duration) {

  /// How wide every plot is, in units of its own: it is stretched to the width that there is.
  public static final int WIDTH = 1_000;

  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final int MOST = 6;
  private static final long[] STEPS = {
    SECOND / 10,
    SECOND / 5,
    SECOND / 2,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    20 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    20 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    12 * HOUR,
    24 * HOUR,
    72 * HOUR
  };

  /// Where a time is, in units of a plot; what is behind the run is at its end.
  public double at(long time) {
    return (double) Math.clamp(time, 0, duration) / duration * WIDTH;
  }

  public double percent(long time) {
    return at(time) * 100 / WIDTH;
  }

  /// A few round times, so few that they find room on a telephone.
  List<Label> labels() {
    long step = step();
    var labels = new ArrayList<Label>();
    for (long time = 0; time <= duration; time += step) {
      labels.add(new Label(label(time, step), percent(time)));
    }
    return labels;
  }

  private long step() {
    for (long step : STEPS) {
      if (duration / step < MOST) {
        return step;
      }
    }
    return duration;
  }

  private static String label(long time, long step) {
    if (time == 0) {
      return "0";
    }
    if (step < SECOND) {
      return String.format(Locale.ROOT, "%.1f s", (double) time / SECOND);
    }
    if (step >= HOUR) {
      return time / HOUR + " h";
    }
    return step >= MINUTE ? time / MINUTE + " min" : time / SECOND + " s";
  }
}
