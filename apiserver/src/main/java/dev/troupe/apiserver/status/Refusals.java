package dev.troupe.apiserver.status;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import java.util.List;

/// The refusals that only the API server gives, in the words of Kubernetes.
public final class Refusals {

  private Refusals() {}

  /// The path leads nowhere.
  public static Refusal unknownPath() {
    return new Refusal(
        StatusReason.NOT_FOUND,
        "the server could not find the requested resource",
        Details.NONE,
        0);
  }

  public static Refusal unauthorized() {
    return new Refusal(StatusReason.UNAUTHORIZED, "Unauthorized", null, 0);
  }

  /// @param what the verb, such as `create`
  /// @param groupResource such as `pods` or `deployments.apps`
  public static Refusal methodNotAllowed(String what, String groupResource) {
    return new Refusal(
        StatusReason.METHOD_NOT_ALLOWED,
        what + " is not supported on resources of kind \"" + groupResource + "\"",
        Details.NONE,
        0);
  }

  public static Refusal notAcceptable(List<String> accepted) {
    return new Refusal(
        StatusReason.NOT_ACCEPTABLE,
        "only the following media types are accepted: " + String.join(", ", accepted),
        null,
        0);
  }

  public static Refusal unsupportedMediaType(List<String> accepted) {
    return new Refusal(
        StatusReason.UNSUPPORTED_MEDIA_TYPE,
        "the body of the request was in an unknown format - accepted media types include: "
            + String.join(", ", accepted),
        null,
        0);
  }

  public static Refusal bodyTooLarge(int limit) {
    return Refusal.tooLarge("Request entity too large: limit is " + limit);
  }

  /// Options of a request that are wrong; `kind` is that of the options, such as `ListOptions`.
  public static Refusal invalidOptions(String kind, List<FieldCause> causes) {
    return Refusal.invalid("meta.k8s.io", kind, "", causes);
  }

  /// A resource version that has not been reached.
  public static Refusal versionTooLarge(long asked) {
    return new Refusal(
        StatusReason.TIMEOUT,
        "Timeout: Too large resource version: " + asked,
        new Details(
            "",
            "",
            "",
            "",
            List.of(
                new FieldCause(
                    CauseType.RESOURCE_VERSION_TOO_LARGE, "Too large resource version", ""))),
        1);
  }

  /// The request took longer than a request may.
  public static Refusal deadline() {
    return new Refusal(
        StatusReason.TIMEOUT,
        "Timeout: request did not complete within the allotted timeout",
        Details.NONE,
        0);
  }

  /// A bug: `id` is what the log has it under.
  public static Refusal internal(String id) {
    return new Refusal(
        StatusReason.INTERNAL_ERROR,
        "Internal error occurred: the server's log says more under " + id,
        new Details(
            "",
            "",
            "",
            "",
            List.of(new FieldCause(CauseType.UNSPECIFIED, "see the server's log under " + id, ""))),
        0);
  }
}
