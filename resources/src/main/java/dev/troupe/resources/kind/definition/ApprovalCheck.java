package dev.troupe.resources.kind.definition;

import dev.troupe.api.resource.GroupApproval;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The groups of Kubernetes itself: whoever defines something there says who has approved of it.
final class ApprovalCheck {

  private ApprovalCheck() {}

  /// @param old null if the definition is new; what has not changed is not looked at
  static void check(ObjectNode definition, @Nullable ObjectNode old, FieldErrors errors) {
    if (!GroupApproval.concerns(Json.text(Json.object(definition, "spec"), "group"))) {
      return;
    }
    var text = annotation(definition);
    var approval = GroupApproval.of(text);
    if (old != null && GroupApproval.of(annotation(old)).state() == approval.state()) {
      return;
    }
    var path = Path.METADATA.child("annotations").key(GroupApproval.ANNOTATION);
    switch (approval.state()) {
      case MISSING -> errors.required(path, approval.words());
      case INVALID -> errors.invalid(path, text, approval.words());
      case BYPASSED, APPROVED -> {}
    }
  }

  private static String annotation(ObjectNode definition) {
    var metadata = Json.object(definition, "metadata");
    return Json.text(Json.object(metadata, "annotations"), GroupApproval.ANNOTATION);
  }
}
