package dev.troupe.resources.expression.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.troupe.resources.expression.value.WrongValue;
import dev.troupe.resources.validation.FieldErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A text with `%s` and the like, and the values that belong there.
final class TextFormat {

  private static final int PRECISION = 6;
  private static final int MOST_PRECISE = 100;

  private final String text;
  private final List<?> values;
  private final StringBuilder out = new StringBuilder();
  private int position;
  private int next;

  TextFormat(String text, List<?> values) {
    this.text = text;
    this.values = values;
  }

  String formatted() {
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != '%') {
        out.append(c);
      } else if (position < text.length() && text.charAt(position) == '%') {
        out.append('%');
        position++;
      } else {
        out.append(clause());
      }
    }
    return out.toString();
  }

  private String clause() {
    int precision = precision();
    if (position >= text.length()) {
      throw wrong("unexpected end of string");
    }
    if (next >= values.size()) {
      throw wrong("index " + next + " out of range");
    }
    char verb = text.charAt(position++);
    var value = values.get(next++);
    return switch (verb) {
      case 's' -> plain(value);
      case 'd' -> decimal(value);
      case 'f' -> fixed(value, precision);
      case 'e' -> scientific(value, precision);
      case 'b' -> radix(value, 2);
      case 'o' -> radix(value, 8);
      case 'x' -> hex(value);
      case 'X' -> hex(value).toUpperCase(Locale.ROOT);
      default -> throw wrong("unrecognized formatting clause \"" + verb + "\"");
    };
  }

  private int precision() {
    if (position >= text.length() || text.charAt(position) != '.') {
      return PRECISION;
    }
    int end = position + 1;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    var digits = text.substring(position + 1, end);
    position = end;
    if (digits.length() > 4 || (!digits.isEmpty() && Integer.parseInt(digits) > MOST_PRECISE)) {
      throw wrong("precision must be at most " + MOST_PRECISE);
    }
    return digits.isEmpty() ? PRECISION : Integer.parseInt(digits);
  }

  private static WrongValue wrong(String why) {
    return new WrongValue("could not parse formatting string: " + why);
  }

  private static String plain(Object value) {
    return switch (value) {
      case String string -> string;
      case CelByteString bytes -> new String(bytes.toByteArray(), StandardCharsets.UTF_8);
      case NullValue _ -> "null";
      case Double real -> real(real);
      case Duration duration -> seconds(duration);
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      default -> value.toString();
    };
  }

  private static String real(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String seconds(Duration duration) {
    var seconds = new BigDecimal(duration.toNanos()).movePointLeft(9).stripTrailingZeros();
    return seconds.toPlainString() + "s";
  }

  private static String list(List<?> list) {
    return list.stream().map(TextFormat::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String map(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> literal(entry.getKey()) + ":" + literal(entry.getValue()))
        .sorted()
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /// As the value is written in an expression.
  private static String literal(Object value) {
    return switch (value) {
      case String string -> FieldErrors.quoted(string);
      case CelByteString _ -> "b" + FieldErrors.quoted(plain(value));
      case Duration _ -> "duration(\"" + plain(value) + "\")";
      case Instant instant -> "timestamp(\"" + instant + "\")";
      case Double real when Double.isFinite(real) -> fixed(real, PRECISION);
      default -> plain(value);
    };
  }

  private static String decimal(Object value) {
    if (value instanceof Long || value instanceof UnsignedLong) {
      return value.toString();
    }
    throw wrong("decimal clause can only be used on integers");
  }

  private static String fixed(Object value, int precision) {
    var real = number(value, "fixed-point");
    return Double.isFinite(real)
        ? new BigDecimal(real).setScale(precision, RoundingMode.HALF_EVEN).toPlainString()
        : Double.toString(real);
  }

  private static String scientific(Object value, int precision) {
    var real = number(value, "scientific");
    return Double.isFinite(real)
        ? String.format(Locale.ROOT, "%." + precision + "e", real)
        : Double.toString(real);
  }

  private static double number(Object value, String clause) {
    return switch (value) {
      case Double real -> real;
      case String text when text.matches("NaN|-?Infinity") -> Double.parseDouble(text);
      default -> throw wrong(clause + " clause can only be used on doubles");
    };
  }

  private static String radix(Object value, int radix) {
    return switch (value) {
      case Long number -> Long.toString(number, radix);
      case UnsignedLong number -> number.toString(radix);
      case Boolean truth when radix == 2 -> truth ? "1" : "0";
      default ->
          throw wrong(
              (radix == 2
                  ? "only integers and bools can be formatted as binary"
                  : "octal clause can only be used on integers"));
    };
  }

  private static String hex(Object value) {
    return switch (value) {
      case Long number -> BigInteger.valueOf(number).toString(16);
      case UnsignedLong number -> number.toString(16);
      case String string -> HexFormat.of().formatHex(string.getBytes(StandardCharsets.UTF_8));
      case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
      default -> throw wrong("only integers, byte buffers, and strings can be formatted as hex");
    };
  }
}
