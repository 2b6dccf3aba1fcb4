package dev.troupe.controllers.objects;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Times as objects carry them: RFC 3339 with a precision of one second.
public final class ObjectTimes {

  private ObjectTimes() {}

  public static String format(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The time that `text` says, or the epoch if it says none.
  public static Instant parse(@Nullable String text) {
    return text == null || text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }

  /// How long it is from `now` to `moment`; zero if it has passed.
  public static Duration until(Instant moment, Instant now) {
    return moment.isAfter(now) ? Duration.between(now, moment) : Duration.ZERO;
  }
}
