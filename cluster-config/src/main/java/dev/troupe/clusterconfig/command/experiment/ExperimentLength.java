package dev.troupe.clusterconfig.command.experiment;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A duration as experiments write it: `90s`, `5m`, `2h`.
final class ExperimentLength implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");

  @Override
  public Duration convert(String value) {
    var found = FORM.matcher(value);
    if (!found.matches()) {
      throw new TypeConversionException(
          "'%s' is no duration such as 90s, 5m or 2h".formatted(value));
    }
    int count = Integer.parseInt(found.group(1));
    return switch (found.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
