package dev.troupe.resources.kind.namespace;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import tools.jackson.databind.node.ObjectNode;

final class NamespaceValidation implements Validation {

  @Override
  public void check(ObjectNode namespace, FieldErrors errors) {
    var finalizers = Json.strings(Json.object(namespace, "spec"), "finalizers");
    for (int i = 0; i < finalizers.size(); i++) {
      var at = Path.SPEC.child("finalizers").item(i);
      var finalizer = finalizers.get(i);
      Names.qualified(finalizer).ifPresent(wrong -> errors.invalid(at, finalizer, wrong));
    }
  }

  /// Whether a namespace ends is not a matter of its status.
  @Override
  public void checkStatus(ObjectNode namespace, ObjectNode old, FieldErrors errors) {
    boolean ends = Json.has(Json.object(namespace, "metadata"), "deletionTimestamp");
    var phase = Json.text(Json.object(namespace, "status"), "phase");
    var expected = ends ? "Terminating" : "Active";
    if (!phase.equals(expected)) {
      errors.invalid(
          Path.ROOT.child("status").child("Phase"),
          phase,
          "may only be '%s' if `deletionTimestamp` is %sempty"
              .formatted(expected, ends ? "not " : ""));
    }
  }
}
