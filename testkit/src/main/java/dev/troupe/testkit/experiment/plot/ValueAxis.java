package dev.troupe.testkit.experiment.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// Values, from bottom to top.
///
/// @param labels from the top
public record ValueAxis(double low, double high, boolean isLogarithmic, List<Label> labels) {

  private static final int MOST = 4;
  private static final double[] ROUND = {1, 2, 5, 10};

  public ValueAxis {
    labels = List.copyOf(labels);
  }

  /// From 0 to at least a value.
  public static ValueAxis upTo(double highest, LongFunction<String> written) {
    double step = roundStep(Math.max(1, highest) / MOST);
    int steps = Math.max(1, (int) Math.ceil(Math.max(1, highest) / step));
    var labels = new ArrayList<Label>();
    for (int i = 0; i <= steps; i++) {
      labels.add(new Label(written.apply(Math.round(i * step)), 100.0 * (steps - i) / steps));
    }
    return new ValueAxis(0, steps * step, false, labels);
  }

  private static double roundStep(double least) {
    double power = Math.max(1, Math.pow(10, Math.floor(Math.log10(least))));
    for (double round : ROUND) {
      if (round * power >= least) {
        return round * power;
      }
    }
    return ROUND[ROUND.length - 1] * power;
  }

  /// Powers of ten around two values above 0: each decade is as high as the others.
  public static ValueAxis decades(double lowest, double highest, LongFunction<String> written) {
    int from = (int) Math.floor(Math.log10(Math.max(1, lowest)));
    int to = Math.max(from + 1, (int) Math.ceil(Math.log10(Math.max(1, highest))));
    var labels = new ArrayList<Label>();
    for (int i = from; i <= to; i++) {
      labels.add(
          new Label(written.apply(Math.round(Math.pow(10, i))), 100.0 * (to - i) / (to - from)));
    }
    return new ValueAxis(Math.pow(10, from), Math.pow(10, to), true, labels);
  }

  /// Decades that hold those of both.
  public static ValueAxis around(ValueAxis one, ValueAxis other, LongFunction<String> written) {
    return decades(Math.min(one.low, other.low), Math.max(one.high, other.high), written);
  }

  /// How far from the top a value is, of a plot of some height.
  public double at(double value, double height) {
    double kept = Math.clamp(value, low, high);
    double share =
        isLogarithmic
            ? Math.log10(kept / low) / Math.log10(high / low)
            : (kept - low) / (high - low);
    return height * (1 - share);
  }
}
