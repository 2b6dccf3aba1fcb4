package dev.troupe.resources.mutation;

import dev.troupe.api.resource.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request is not carried out: what a `Status` of `meta/v1` says. Codes and reasons are those
/// of Kubernetes' `apimachinery/pkg/api/errors`.
///
/// @param reason the CamelCase reason, such as `NotFound`
/// @param details null where Kubernetes sends none
/// @param retryAfterSeconds zero where a repetition is no use
public record Refusal(
    int code, String reason, String message, @Nullable Details details, int retryAfterSeconds) {

  /// @param kind the plural for most reasons, the Kind for `Invalid` (as in Kubernetes)
  public record Details(
      String name, String group, String kind, String uid, List<FieldCause> causes) {

    public Details {
      causes = List.copyOf(causes);
    }
  }

  /// One field that is wrong: the `FieldValue…` reason, what is wrong with it, and where.
  public record FieldCause(String reason, String message, String field) {}

  public static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequest", message, null, 0);
  }

  public static Refusal notFound(ResourceKey key) {
    return new Refusal(
        404,
        "NotFound",
        key.type() + " \"" + key.name() + "\" not found",
        details(key, List.of()),
        0);
  }

  public static Refusal alreadyExists(ResourceKey key) {
    return new Refusal(
        409,
        "AlreadyExists",
        key.type() + " \"" + key.name() + "\" already exists",
        details(key, List.of()),
        0);
  }

  public static Refusal conflict(ResourceKey key, String why) {
    return new Refusal(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + key.type() + " \"" + key.name() + "\": " + why,
        details(key, List.of()),
        0);
  }

  public static Refusal forbidden(ResourceKey key, String why, List<FieldCause> causes) {
    return new Refusal(
        403,
        "Forbidden",
        key.type() + " \"" + key.name() + "\" is forbidden: " + why,
        details(key, causes),
        0);
  }

  public static Refusal tooLarge(String message) {
    return new Refusal(413, "RequestEntityTooLarge", message, null, 0);
  }

  public static Refusal tooManyRequests(String message, int retryAfterSeconds) {
    return new Refusal(
        429, "TooManyRequests", message, new Details("", "", "", "", List.of()), retryAfterSeconds);
  }

  public static Refusal unavailable(String message) {
    return new Refusal(503, "ServiceUnavailable", message, null, 1);
  }

  /// The store is full: nothing is stored until somebody has made room.
  public static Refusal noRoom(String message) {
    return new Refusal(507, "InternalError", message, null, 0);
  }

  /// The outcome is unknown: the write may have been stored.
  public static Refusal timeout(String message) {
    return new Refusal(504, "Timeout", message, null, 0);
  }

  /// The position that was asked for is older than what is kept.
  public static Refusal expired(String message) {
    return new Refusal(410, "Expired", message, null, 0);
  }

  private static Details details(ResourceKey key, List<FieldCause> causes) {
    return new Details(key.name(), key.type().group(), key.type().plural(), "", causes);
  }
}
