package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The groups of Kubernetes itself: whoever defines something there says who has approved of it.
final class ApprovalCheck {

  private static final String ANNOTATION = "api-approved.kubernetes.io";
  private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";
  private static final List<String> PROTECTED = List.of("k8s.io", "kubernetes.io");

  private enum Approval {
    MISSING,
    BYPASSED,
    APPROVED,
    INVALID
  }

  private ApprovalCheck() {}

  /// @param old null if the definition is new; what has not changed is not looked at
  static void check(ObjectNode definition, @Nullable ObjectNode old, FieldErrors errors) {
    var group = Json.text(Json.object(definition, "spec"), "group");
    if (PROTECTED.stream().noneMatch(own -> group.equals(own) || group.endsWith("." + own))) {
      return;
    }
    var text = annotation(definition);
    if (old != null && approval(annotation(old)) == approval(text)) {
      return;
    }
    var path = Path.METADATA.child("annotations").key(ANNOTATION);
    var must = "protected groups must have approval annotation \"" + ANNOTATION + "\"";
    switch (approval(text)) {
      case MISSING -> errors.required(path, must + SEE);
      case INVALID ->
          errors.invalid(
              path,
              text,
              must + " with either a URL or a reason starting with \"unapproved\"" + SEE);
      case BYPASSED, APPROVED -> {}
    }
  }

  private static String annotation(ObjectNode definition) {
    var metadata = Json.object(definition, "metadata");
    return Json.text(Json.object(metadata, "annotations"), ANNOTATION);
  }

  private static Approval approval(String text) {
    if (text.isEmpty()) {
      return Approval.MISSING;
    }
    if (text.startsWith("unapproved")) {
      return Approval.BYPASSED;
    }
    try {
      var uri = new URI(text);
      return uri.getScheme() != null && uri.getHost() != null
          ? Approval.APPROVED
          : Approval.INVALID;
    } catch (URISyntaxException _) {
      return Approval.INVALID;
    }
  }
}
