package dev.troupe.clusterconfig.command.object;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A moment of the past: a time, or how long ago it was.
final class PastTime implements ITypeConverter<Instant> {

  private static final Pattern AGO = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m|h|d)");

  private final InstantSource clock;

  PastTime() {
    this(InstantSource.system());
  }

  PastTime(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Instant convert(String value) {
    var ago = AGO.matcher(value);
    if (ago.matches()) {
      return clock.instant().minus(length(Integer.parseInt(ago.group(1)), ago.group(2)));
    }
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException _) {
      throw new TypeConversionException(
          "'%s' is no time such as 2026-03-01T12:30:00Z, and not how long ago, such as 10m"
              .formatted(value));
    }
  }

  private static Duration length(int count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
