package dev.troupe.resources.structural.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Values as Go writes them into messages.
public final class GoText {

  /// From here on Go writes an exponent.
  private static final int LARGE = 6;

  private static final int SMALL = -4;

  /// A text that is written without quotes.
  public record Bare(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private GoText() {}

  /// A value as an error has it: numbers in the way of Go, null as the word.
  public static Object of(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "null";
    }
    return value.isNumber() ? new Bare(number(value)) : value;
  }

  private static String number(JsonNode value) {
    return isLong(value) ? Long.toString(value.longValue()) : of(value.doubleValue());
  }

  /// Whether Go reads a number as an integer.
  public static boolean isLong(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  /// The shortest text, with an exponent where a number is very large or very small.
  public static String of(double value) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value == 0 ? "0" : value > 0 ? "+Inf" : value < 0 ? "-Inf" : "NaN";
    }
    var exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= SMALL && exponent < LARGE) {
      return exact.toPlainString();
    }
    var digits = exact.unscaledValue().abs().toString();
    var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (exact.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
