package dev.troupe.resources.expression.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as Kubernetes reads them: `1h30m`, `-1.5s`, `2d`, `3 weeks`.
final class GoDurations {

  private static final Pattern PART = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([a-zµμ]+)");
  private static final Pattern PARTS = Pattern.compile("[-+]?(" + PART.pattern() + ")+");
  private static final Pattern WORDS = Pattern.compile("([0-9]+)\\s*([A-Za-zµ]+)");
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int LONGEST = 200;
  private static final long HOUR = 3_600_000_000_000L;
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns",
          1L,
          "us",
          1_000L,
          "µs",
          1_000L,
          "μs",
          1_000L,
          "ms",
          1_000_000L,
          "s",
          1_000_000_000L,
          "m",
          60_000_000_000L,
          "h",
          HOUR);
  private static final Map<String, Long> LONG_UNITS =
      Map.ofEntries(
          Map.entry("nano", 1L),
          Map.entry("micro", 1_000L),
          Map.entry("milli", 1_000_000L),
          Map.entry("sec", 1_000_000_000L),
          Map.entry("second", 1_000_000_000L),
          Map.entry("min", 60_000_000_000L),
          Map.entry("minute", 60_000_000_000L),
          Map.entry("hr", HOUR),
          Map.entry("hour", HOUR),
          Map.entry("d", 24 * HOUR),
          Map.entry("day", 24 * HOUR),
          Map.entry("w", 168 * HOUR),
          Map.entry("wk", 168 * HOUR),
          Map.entry("week", 168 * HOUR));

  private GoDurations() {}

  static Optional<Duration> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    if (text.equals("0") || text.equals("+0") || text.equals("-0")) {
      return Optional.of(Duration.ZERO);
    }
    return PARTS.matcher(text).matches() ? sum(text).or(() -> words(text)) : words(text);
  }

  private static Optional<Duration> sum(String text) {
    var nanos = BigDecimal.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      var unit = UNITS.get(parts.group(2));
      if (unit == null) {
        return Optional.empty();
      }
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit)));
    }
    if (nanos.compareTo(MOST) > 0) {
      return Optional.empty();
    }
    long sum = nanos.longValue();
    return Optional.of(Duration.ofNanos(text.startsWith("-") ? -sum : sum));
  }

  private static Optional<Duration> words(String text) {
    var words = WORDS.matcher(text.strip());
    if (!words.matches() || words.group(1).length() > 9) {
      return Optional.empty();
    }
    var word = words.group(2);
    var singular =
        word.length() > 1 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    var unit = LONG_UNITS.get(singular);
    return unit == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(unit).multipliedBy(Long.parseLong(words.group(1))));
  }
}
