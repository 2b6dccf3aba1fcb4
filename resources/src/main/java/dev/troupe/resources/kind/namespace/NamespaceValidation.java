package dev.troupe.resources.kind.namespace;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

final class NamespaceValidation implements Validation {

  private static final String SECURITY = "pod-security.kubernetes.io/";
  private static final String NO_LIMITS = "privileged";

  @Override
  public void check(ObjectNode namespace, FieldErrors errors) {
    var finalizers = Json.strings(Json.object(namespace, "spec"), "finalizers");
    for (int i = 0; i < finalizers.size(); i++) {
      var at = Path.SPEC.child("finalizers").item(i);
      var finalizer = finalizers.get(i);
      Names.qualified(finalizer).ifPresent(wrong -> errors.invalid(at, finalizer, wrong));
    }
  }

  /// What would keep insecure pods out keeps nobody out.
  @Override
  public void warn(ObjectNode namespace, @Nullable ObjectNode old, FieldWarnings warnings) {
    for (var mode : List.of("enforce", "audit", "warn")) {
      var level = level(namespace, mode);
      if (!level.isEmpty() && !level.equals(NO_LIMITS) && !level.equals(level(old, mode))) {
        warnings.add(
            Path.METADATA.child("labels").key(SECURITY + mode),
            "not honoured, as pod security standards are not enforced; all pods are admitted");
      }
    }
  }

  private static String level(@Nullable ObjectNode namespace, String mode) {
    return Json.text(Json.object(Json.object(namespace, "metadata"), "labels"), SECURITY + mode);
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
