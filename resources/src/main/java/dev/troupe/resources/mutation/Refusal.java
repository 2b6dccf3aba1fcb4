package dev.troupe.resources.mutation;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why a request is not carried out: what a `Status` of `meta/v1` says. Reasons and words are those
/// of Kubernetes' `apimachinery/pkg/api/errors`.
///
/// @param details null where Kubernetes sends none
/// @param retryAfterSeconds zero where a repetition is no use
public record Refusal(
    StatusReason reason, String message, @Nullable Details details, int retryAfterSeconds) {

  /// @param kind the plural for most reasons, the Kind for `Invalid` (as in Kubernetes)
  public record Details(
      String name, String group, String kind, String uid, List<FieldCause> causes) {

    /// Sent, and with nothing in it.
    public static final Details NONE = new Details("", "", "", "", List.of());

    public Details {
      causes = List.copyOf(causes);
    }
  }

  /// One thing that is wrong: of which type, in words, and in which field (empty if in none).
  public record FieldCause(CauseType type, String message, String field) {}

  /// The HTTP status.
  public int code() {
    return reason.code();
  }

  public static Refusal badRequest(String message) {
    return new Refusal(StatusReason.BAD_REQUEST, message, null, 0);
  }

  public static Refusal notFound(ResourceKey key) {
    return new Refusal(
        StatusReason.NOT_FOUND,
        key.type() + " \"" + key.name() + "\" not found",
        details(key, List.of()),
        0);
  }

  public static Refusal alreadyExists(ResourceKey key) {
    return new Refusal(
        StatusReason.ALREADY_EXISTS,
        key.type() + " \"" + key.name() + "\" already exists",
        details(key, List.of()),
        0);
  }

  public static Refusal conflict(ResourceKey key, String why) {
    return new Refusal(
        StatusReason.CONFLICT,
        "Operation cannot be fulfilled on " + key.type() + " \"" + key.name() + "\": " + why,
        details(key, List.of()),
        0);
  }

  public static Refusal forbidden(ResourceKey key, String why, List<FieldCause> causes) {
    return new Refusal(
        StatusReason.FORBIDDEN,
        key.type() + " \"" + key.name() + "\" is forbidden: " + why,
        details(key, causes),
        0);
  }

  /// A new object of a type whose definition is being deleted.
  public static Refusal typeTerminating() {
    return new Refusal(
        StatusReason.METHOD_NOT_ALLOWED,
        "create not allowed while custom resource definition is terminating",
        Details.NONE,
        0);
  }

  /// Nothing new comes into a namespace that is on its way out.
  public static Refusal namespaceTerminating(ResourceKey key) {
    String namespace = key.namespace();
    return forbidden(
        key,
        "unable to create new content in namespace "
            + namespace
            + " because it is being terminated",
        List.of(
            new FieldCause(
                CauseType.NAMESPACE_TERMINATING,
                "namespace " + namespace + " is being terminated",
                "metadata.namespace")));
  }

  /// A refusal with a cause for each field that is wrong; the message lists them.
  ///
  /// @param kind the Kind, not the plural; group and kind may be empty where Kubernetes names none
  public static Refusal invalid(String group, String kind, String name, List<FieldCause> causes) {
    var qualified = group.isEmpty() ? kind : kind + "." + group;
    return new Refusal(
        StatusReason.INVALID,
        qualified + " \"" + name + "\" is invalid: " + words(causes),
        new Details(name, group, kind, "", causes),
        0);
  }

  private static String words(List<FieldCause> causes) {
    var distinct =
        causes.stream().map(cause -> cause.field() + ": " + cause.message()).distinct().toList();
    return distinct.size() == 1
        ? distinct.getFirst()
        : distinct.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  public static Refusal tooLarge(String message) {
    return new Refusal(StatusReason.REQUEST_ENTITY_TOO_LARGE, message, null, 0);
  }

  public static Refusal tooManyRequests(String message, int retryAfterSeconds) {
    return new Refusal(StatusReason.TOO_MANY_REQUESTS, message, Details.NONE, retryAfterSeconds);
  }

  public static Refusal unavailable(String message) {
    return new Refusal(StatusReason.SERVICE_UNAVAILABLE, message, null, 1);
  }

  /// The store is full: nothing is stored until somebody has made room.
  public static Refusal noRoom(String message) {
    return new Refusal(StatusReason.INSUFFICIENT_STORAGE, message, null, 0);
  }

  /// The outcome is unknown: the write may have been stored.
  public static Refusal timeout(String message) {
    return new Refusal(StatusReason.TIMEOUT, message, null, 0);
  }

  /// The position that was asked for is older than what is kept.
  public static Refusal expired(String message) {
    return new Refusal(StatusReason.EXPIRED, message, null, 0);
  }

  private static Details details(ResourceKey key, List<FieldCause> causes) {
    return new Details(key.name(), key.type().group(), key.type().plural(), "", causes);
  }
}
