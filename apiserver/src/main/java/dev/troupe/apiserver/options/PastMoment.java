package dev.troupe.apiserver.options;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.RefusedException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// The options `asOf` and `since`: moments of the past. As of the one objects are read, and the
/// other says from when on changes are watched.
public final class PastMoment {

  private static final String AS_OF = "asOf";
  private static final String SINCE = "since";

  private PastMoment() {}

  /// The highest version of the moment that `asOf` names; null if it names none.
  ///
  /// @throws RefusedException with 400 if it is no time, or `resourceVersion` says another
  public static @Nullable Long version(UrlQuery query) {
    return version(query, AS_OF);
  }

  /// The highest version of the moment that `since` names, of a watch; null if it names none.
  ///
  /// @throws RefusedException with 400 if it is no time, or something else says where to begin
  public static @Nullable Long since(UrlQuery query) {
    if (query.has(SINCE) && (query.has(AS_OF) || query.has("sendInitialEvents"))) {
      throw RefusedException.badRequest(
          "since is for changes alone: asOf and sendInitialEvents want the state before as well");
    }
    return version(query, SINCE);
  }

  private static @Nullable Long version(UrlQuery query, String option) {
    var text = query.text(option);
    if (text.isEmpty()) {
      return null;
    }
    if (!query.text("resourceVersion").isEmpty()) {
      throw RefusedException.badRequest(
          option + " and resourceVersion both say which state is meant");
    }
    try {
      return Version.atMillis(Instant.parse(text).toEpochMilli() + 1) - 1;
    } catch (DateTimeParseException | ArithmeticException _) {
      throw RefusedException.badRequest(
          "%s: \"%s\" is no time such as 2026-03-01T12:30:00Z".formatted(option, text));
    }
  }

  /// For reads of a state.
  ///
  /// @throws RefusedException with 400 if changes since a moment are asked for
  public static void refuseSince(UrlQuery query) {
    if (query.has(SINCE)) {
      throw RefusedException.badRequest("since is for watches alone; asOf reads what was");
    }
  }

  /// For what can only be done now.
  ///
  /// @throws RefusedException with 400 if a moment of the past is asked for
  public static void refuse(UrlQuery query) {
    if (query.has(AS_OF) || query.has(SINCE)) {
      throw RefusedException.badRequest("asOf and since are for reads alone");
    }
  }
}
