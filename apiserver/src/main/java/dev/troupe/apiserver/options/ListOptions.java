package dev.troupe.apiserver.options;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options of a list or a watch, valid in themselves.
///
/// @param limit 0 if there is none
/// @param continueToken empty if there is none
/// @param resourceVersion null if it is not given
public record ListOptions(
    String labelSelector,
    String fieldSelector,
    long limit,
    String continueToken,
    @Nullable Long resourceVersion,
    VersionMatch match,
    boolean allowBookmarks,
    boolean sendInitialEvents,
    @Nullable Long timeoutSeconds) {

  /// What `resourceVersionMatch` says.
  public enum VersionMatch {
    UNSET,
    NOT_OLDER_THAN,
    EXACT
  }

  public static ListOptions parse(UrlQuery query, boolean watch) {
    var options =
        new ListOptions(
            query.text("labelSelector"),
            query.text("fieldSelector"),
            Math.max(0, orZero(query.number("limit"))),
            query.text("continue"),
            version(query.text("resourceVersion")),
            match(query.text("resourceVersionMatch")),
            query.flag("allowWatchBookmarks"),
            query.flag("sendInitialEvents"),
            query.number("timeoutSeconds"));
    var causes = new ArrayList<FieldCause>();
    if (watch) {
      options.checkWatch(query, causes);
    } else {
      options.checkList(query, causes);
    }
    if (!causes.isEmpty()) {
      throw new RefusedException(Refusals.invalidOptions("ListOptions", causes));
    }
    return options;
  }

  /// The same of exactly one state; a list that goes on is of the one that its token names.
  ///
  /// @param version null for what these say
  public ListOptions at(@Nullable Long version) {
    return version == null || !continueToken.isEmpty()
        ? this
        : new ListOptions(
            labelSelector,
            fieldSelector,
            limit,
            continueToken,
            version,
            VersionMatch.EXACT,
            allowBookmarks,
            sendInitialEvents,
            timeoutSeconds);
  }

  /// How many items a page has at most. A list of whatever there is has no pages, but for one that
  /// goes on.
  public long pageLimit() {
    boolean any = continueToken.isEmpty() && resourceVersion != null && resourceVersion == 0;
    return any || limit == 0 ? Long.MAX_VALUE : limit;
  }

  private void checkList(UrlQuery query, List<FieldCause> causes) {
    if (query.optionalFlag("sendInitialEvents") != null) {
      causes.add(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
    }
    if (match == VersionMatch.UNSET) {
      return;
    }
    if (resourceVersion == null) {
      causes.add(
          forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch is forbidden unless resourceVersion is provided"));
    }
    if (!continueToken.isEmpty()) {
      causes.add(
          forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch is forbidden when continue is provided"));
    }
    if (match == VersionMatch.EXACT && resourceVersion != null && resourceVersion == 0) {
      causes.add(
          forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\""));
    }
  }

  private void checkWatch(UrlQuery query, List<FieldCause> causes) {
    boolean initialGiven = query.optionalFlag("sendInitialEvents") != null;
    if (initialGiven && match == VersionMatch.UNSET) {
      causes.add(
          forbidden(
              "resourceVersionMatch",
              "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
    }
    if (match != VersionMatch.UNSET && !initialGiven) {
      causes.add(
          forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
    } else if (match == VersionMatch.EXACT) {
      causes.add(
          new FieldCause(
              CauseType.FIELD_VALUE_NOT_SUPPORTED,
              "Unsupported value: \"Exact\": supported values: \"NotOlderThan\"",
              "resourceVersionMatch"));
    }
    if (!continueToken.isEmpty()) {
      causes.add(forbidden("continue", "continue is forbidden for watch"));
    }
  }

  private static FieldCause forbidden(String field, String why) {
    return new FieldCause(CauseType.FIELD_VALUE_FORBIDDEN, "Forbidden: " + why, field);
  }

  private static VersionMatch match(String text) {
    return switch (text) {
      case "" -> VersionMatch.UNSET;
      case "NotOlderThan" -> VersionMatch.NOT_OLDER_THAN;
      case "Exact" -> VersionMatch.EXACT;
      default ->
          throw new RefusedException(
              Refusals.invalidOptions(
                  "ListOptions",
                  List.of(
                      new FieldCause(
                          CauseType.FIELD_VALUE_NOT_SUPPORTED,
                          "Unsupported value: \""
                              + text
                              + "\": supported values: \"Exact\", \"NotOlderThan\", \"\"",
                          "resourceVersionMatch"))));
    };
  }

  /// Reads a `resourceVersion`; null if it is empty.
  public static @Nullable Long version(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Version.parse(text);
    } catch (NumberFormatException _) {
      throw RefusedException.badRequest(
          "resourceVersion: Invalid value: \""
              + text
              + "\": strconv.ParseUint: parsing \""
              + text
              + "\": "
              + (text.startsWith("-") ? "invalid syntax" : UrlQuery.whatIsWrong(text)));
    }
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
