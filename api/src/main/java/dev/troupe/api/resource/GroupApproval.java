package dev.troupe.api.resource;

import java.net.URI;
import java.net.URISyntaxException;

/// Whether those who care for Kubernetes have approved of what somebody defines in one of its own
/// groups: an annotation says so.
///
/// @param words about it, as Kubernetes has them
public record GroupApproval(State state, String words) {

  public static final String ANNOTATION = "api-approved.kubernetes.io";

  private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";
  private static final String MUST =
      "protected groups must have approval annotation \"" + ANNOTATION + "\"";

  public enum State {
    MISSING,
    BYPASSED,
    APPROVED,
    INVALID
  }

  /// Whether it is asked for in a group.
  public static boolean concerns(String group) {
    return isIn(group, "k8s.io") || isIn(group, "kubernetes.io");
  }

  private static boolean isIn(String group, String own) {
    return group.equals(own) || group.endsWith("." + own);
  }

  /// @param annotation empty if there is none
  public static GroupApproval of(String annotation) {
    if (annotation.isEmpty()) {
      return new GroupApproval(State.MISSING, MUST + SEE);
    }
    if (annotation.startsWith("unapproved")) {
      return new GroupApproval(State.BYPASSED, "not approved: \"" + annotation + "\"");
    }
    return isUrl(annotation)
        ? new GroupApproval(State.APPROVED, "approved in " + annotation)
        : new GroupApproval(
            State.INVALID,
            MUST + " with either a URL or a reason starting with \"unapproved\"" + SEE);
  }

  private static boolean isUrl(String text) {
    try {
      var uri = new URI(text);
      return uri.getScheme() != null && uri.getHost() != null;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
