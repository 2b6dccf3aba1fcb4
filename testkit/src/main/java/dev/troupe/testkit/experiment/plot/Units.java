package dev.troupe.testkit.experiment.plot;

import dev.troupe.testkit.experiment.figure.KeyFigure;
import dev.troupe.testkit.experiment.figure.KeyFigure.Measure;
import java.util.Locale;

/// Numbers as people read them, with their unit and three digits or so.
public final class Units {

  public static final String UNKNOWN = "–";

  private static final double MILLI = 1e3;
  private static final double SECOND = 1e6;
  private static final double MINUTE = 60 * SECOND;
  private static final double HOUR = 60 * MINUTE;

  private Units() {}

  public static String of(KeyFigure figure) {
    return of(figure.measure(), figure.value());
  }

  public static String of(Measure measure, double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    return switch (measure) {
      case MICROSECONDS -> time(Math.round(value));
      case NUMBER -> number(Math.round(value));
      case PER_SECOND -> rate(value);
      case OBJECT_SECONDS -> digits(value);
      case PERCENT -> percent(value);
    };
  }

  /// @param micros negative if unknown
  public static String time(long micros) {
    if (micros < 0) {
      return UNKNOWN;
    }
    if (micros < SECOND) {
      return digits(micros / MILLI) + " ms";
    }
    if (micros < 2 * MINUTE) {
      return digits(micros / SECOND) + " s";
    }
    return micros < 2 * HOUR ? digits(micros / MINUTE) + " min" : digits(micros / HOUR) + " h";
  }

  /// A moment of the run, to the millisecond.
  public static String moment(long micros) {
    long millis = micros / 1_000;
    return millis < 60_000
        ? String.format(Locale.ROOT, "%d.%03d s", millis / 1_000, millis % 1_000)
        : String.format(
            Locale.ROOT, "%d:%02d.%03d", millis / 60_000, millis / 1_000 % 60, millis % 1_000);
  }

  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202F');
  }

  public static String rate(double perSecond) {
    return digits(perSecond) + "/s";
  }

  /// Never rounded up to all of it, as long as something is missing.
  private static String percent(double value) {
    return value < 100 && value > 99.99
        ? String.format(Locale.ROOT, "%.4f", Math.min(value, 99.9999)) + " %"
        : String.format(Locale.ROOT, value == 100 ? "%.0f %%" : "%.2f %%", value);
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    if (size >= 1_000) {
      return number(Math.round(value));
    }
    int behind = size == 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
    var text = String.format(Locale.ROOT, "%." + behind + "f", value);
    return behind == 0 ? text : text.replaceAll("\\.?0+$", "");
  }
}
