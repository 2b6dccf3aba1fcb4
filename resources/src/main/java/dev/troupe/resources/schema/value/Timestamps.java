package dev.troupe.resources.schema.value;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Reads RFC 3339 times as Kubernetes does and writes them in UTC.
public final class Timestamps {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
  private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
  private static final String MICRO_LAYOUT = "2006-01-02T15:04:05.000000Z07:00";

  private final String text;
  private final boolean micro;
  private int position;

  private Timestamps(String text, boolean micro) {
    this.text = text;
    this.micro = micro;
  }

  /// @throws IllegalArgumentException in the words of Go's time package
  public static String seconds(String text) {
    return isCanonical(text, 20) ? text : new Timestamps(text, false).read().format(SECONDS);
  }

  /// @throws IllegalArgumentException in the words of Go's time package
  public static String micros(String text) {
    return isCanonical(text, 27) ? text : new Timestamps(text, true).read().format(MICROS);
  }

  private static boolean isCanonical(String text, int length) {
    if (text.length() != length || text.charAt(length - 1) != 'Z') {
      return false;
    }
    var pattern = length == 20 ? "0000-00-00T00:00:00" : "0000-00-00T00:00:00.000000";
    for (int i = 0; i < length - 1; i++) {
      char c = text.charAt(i);
      char p = pattern.charAt(i);
      if (p == '0' ? c < '0' || c > '9' : c != p) {
        return false;
      }
    }
    int month = two(text, 5);
    int day = two(text, 8);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= 28
        && two(text, 11) < 24
        && two(text, 14) < 60
        && two(text, 17) < 60;
  }

  private static int two(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  private LocalDateTime read() {
    int year = digits(4, "2006");
    literal('-', "-");
    int month = inRange(digits(2, "01"), 1, 12, "month");
    literal('-', "-");
    int day = digits(2, "02");
    literal('T', "T");
    int hour = inRange(digits(2, "15"), 0, 23, "hour");
    literal(':', ":");
    int minute = inRange(digits(2, "04"), 0, 59, "minute");
    literal(':', ":");
    int second = inRange(digits(2, "05"), 0, 59, "second");
    int nanos = micro ? sixDigits() : anyFraction();
    int offset = offset();
    if (position != text.length()) {
      throw failure(": extra text: " + quote(text.substring(position)));
    }
    inRange(day, 1, YearMonth.of(year, month).lengthOfMonth(), "day");
    return LocalDateTime.of(year, month, day, hour, minute, second, nanos)
        .atOffset(ZoneOffset.ofTotalSeconds(offset))
        .withOffsetSameInstant(ZoneOffset.UTC)
        .toLocalDateTime();
  }

  private int digits(int count, String element) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (!isDigitAt(position + i)) {
        throw cannotParse(element);
      }
      value = value * 10 + text.charAt(position + i) - '0';
    }
    position += count;
    return value;
  }

  private boolean isDigitAt(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private void literal(char expected, String element) {
    if (position >= text.length() || text.charAt(position) != expected) {
      throw cannotParse(element);
    }
    position++;
  }

  private int inRange(int value, int low, int high, String what) {
    if (value < low || value > high) {
      throw failure(": " + what + " out of range");
    }
    return value;
  }

  private int sixDigits() {
    if (position >= text.length() || text.charAt(position) != '.') {
      throw cannotParse(".000000");
    }
    position++;
    return digits(6, ".000000") * 1000;
  }

  private int anyFraction() {
    if (position >= text.length() || text.charAt(position) != '.' || !isDigitAt(position + 1)) {
      return 0;
    }
    position++;
    int nanos = 0;
    int unit = 100_000_000;
    for (; isDigitAt(position); position++) {
      nanos += (text.charAt(position) - '0') * unit;
      unit /= 10;
    }
    return nanos;
  }

  private int offset() {
    if (position < text.length() && text.charAt(position) == 'Z') {
      position++;
      return 0;
    }
    if (position + 6 > text.length() || "+-".indexOf(text.charAt(position)) < 0) {
      throw cannotParse("Z07:00");
    }
    int sign = text.charAt(position++) == '-' ? -1 : 1;
    int hours = digits(2, "Z07:00");
    literal(':', "Z07:00");
    int minutes = digits(2, "Z07:00");
    if (hours > 18 || minutes > 59 || (hours == 18 && minutes > 0)) {
      throw failure(": time zone offset " + (hours > 18 ? "hour" : "minute") + " out of range");
    }
    return sign * (hours * 60 + minutes) * 60;
  }

  private IllegalArgumentException cannotParse(String element) {
    return failure(
        " as "
            + quote(micro ? MICRO_LAYOUT : LAYOUT)
            + ": cannot parse "
            + quote(text.substring(Math.min(position, text.length())))
            + " as "
            + quote(element));
  }

  private IllegalArgumentException failure(String rest) {
    return new IllegalArgumentException("parsing time " + quote(text) + rest);
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
