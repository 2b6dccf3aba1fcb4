package dev.troupe.apiserver.options;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.RefusedException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// The option `asOf`: a moment of the past as whose state objects are read.
public final class PastMoment {

  private static final String AS_OF = "asOf";

  private PastMoment() {}

  /// The highest version of that moment; null if none is asked for.
  ///
  /// @throws RefusedException with 400 if it is no time, or `resourceVersion` says another
  public static @Nullable Long version(UrlQuery query) {
    var text = query.text(AS_OF);
    if (text.isEmpty()) {
      return null;
    }
    if (!query.text("resourceVersion").isEmpty()) {
      throw RefusedException.badRequest("asOf and resourceVersion both say which state is meant");
    }
    try {
      return Version.atMillis(Instant.parse(text).toEpochMilli() + 1) - 1;
    } catch (DateTimeParseException | ArithmeticException _) {
      throw RefusedException.badRequest(
          "asOf: \"%s\" is no time such as 2026-03-01T12:30:00Z".formatted(text));
    }
  }

  /// For what can only be done now.
  ///
  /// @throws RefusedException with 400 if a moment of the past is asked for
  public static void refuse(UrlQuery query) {
    if (query.has(AS_OF)) {
      throw RefusedException.badRequest("asOf is for reads of an object or a list alone");
    }
  }
}
