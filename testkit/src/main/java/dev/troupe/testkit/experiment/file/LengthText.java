package dev.troupe.testkit.experiment.file;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A duration as people write it: `250ms`, `20s`, `5m`, `2h`.
public final class LengthText {

  private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,9})(ms|s|m|h)");

  private LengthText() {}

  /// Empty if it is none.
  public static Optional<Duration> parse(String text) {
    var found = FORM.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(found.group(1));
    return Optional.of(
        switch (found.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        });
  }
}
