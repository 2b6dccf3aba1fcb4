package dev.troupe.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;

/// The median of repeated measurements, and how far they lie apart.
public record Spread(double median, double lowest, double highest) {

  public static Spread of(double... values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /// `lowest–highest`, without decimals from 100 on; nothing where there is no figure.
  public String range() {
    if (Double.isNaN(median)) {
      return "";
    }
    var format = highest >= 100 ? "%.0f–%.0f" : "%.2f–%.2f";
    return String.format(Locale.ROOT, format, lowest, highest);
  }
}
