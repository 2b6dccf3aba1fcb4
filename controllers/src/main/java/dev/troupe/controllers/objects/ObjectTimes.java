package dev.troupe.controllers.objects;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Times as objects carry them: RFC 3339 with a precision of one second.
public final class ObjectTimes {

  private static final Duration AGES = Duration.ofDays(3_652_500);

  private ObjectTimes() {}

  public static String format(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The time that `text` says, or the epoch if it says none.
  public static Instant parse(@Nullable String text) {
    return text == null || text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }

  /// The moment that is `by` later. Beyond ten thousand years nothing is told apart.
  public static Instant later(Instant moment, Duration by) {
    return moment.plus(by.compareTo(AGES) < 0 ? by : AGES);
  }

  /// The moment that is `by` earlier. Beyond ten thousand years nothing is told apart.
  public static Instant earlier(Instant moment, Duration by) {
    return moment.minus(by.compareTo(AGES) < 0 ? by : AGES);
  }

  /// How long it is from `now` to `moment`; zero if it has passed.
  public static Duration until(Instant moment, Instant now) {
    return moment.isAfter(now) ? Duration.between(now, moment) : Duration.ZERO;
  }
}
