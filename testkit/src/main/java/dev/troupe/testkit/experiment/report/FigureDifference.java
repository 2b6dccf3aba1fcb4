package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.figure.KeyFigure;
import dev.troupe.testkit.experiment.figure.KeyFigure.Better;
import dev.troupe.testkit.experiment.figure.KeyFigure.Measure;
import dev.troupe.testkit.experiment.plot.Units;
import java.util.Locale;

/// How one figure differs between two runs.
record FigureDifference(KeyFigure first, KeyFigure second) {

  private static final double SMALL = 1e-9;
  private static final double SLIGHT = 0.05;

  private double difference() {
    return second.value() - first.value();
  }

  private boolean isKnown() {
    return !Double.isNaN(difference());
  }

  private boolean isSame() {
    return Math.abs(difference()) < SMALL;
  }

  /// Of what is available, what is missing counts.
  private boolean isSlight() {
    double of = first.measure() == Measure.PERCENT ? 100 - first.value() : first.value();
    return Math.abs(difference()) < SLIGHT * of;
  }

  /// From the first to the second, in its unit and as a share of the first.
  String inWords() {
    if (!isKnown()) {
      return Units.UNKNOWN;
    }
    if (isSame()) {
      return "the same";
    }
    var sign = difference() > 0 ? "+" : "−";
    var size = sign + Units.of(first.measure(), Math.abs(difference()));
    double percent = 100 * Math.abs(difference()) / first.value();
    return first.value() < SMALL || first.measure() == Measure.PERCENT || percent < 1
        ? size
        : "%s (%s%s %%)".formatted(size, sign, String.format(Locale.ROOT, "%.0f", percent));
  }

  /// Whether the second run is better or worse in it; empty if that cannot be said, as of less than
  /// a twentieth.
  String judgement() {
    if (!isKnown() || isSame() || first.better() == Better.NEITHER || isSlight()) {
      return "";
    }
    return difference() < 0 == (first.better() == Better.LESS) ? "better" : "worse";
  }
}
