package dev.troupe.resources.kind.config;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Nothing of a service account is wrong but its metadata.
final class ServiceAccountValidation implements Validation {

  private static final String MOUNTABLE = "kubernetes.io/enforce-mountable-secrets";

  @Override
  public void check(ObjectNode account, FieldErrors errors) {}

  @Override
  public void warn(ObjectNode account, @Nullable ObjectNode old, FieldWarnings warnings) {
    if (isEnforced(account) && !isEnforced(old)) {
      warnings.add(
          Path.METADATA.child("annotations").key(MOUNTABLE),
          "deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets");
    }
  }

  private static boolean isEnforced(@Nullable ObjectNode account) {
    var annotations = Json.object(Json.object(account, "metadata"), "annotations");
    return Json.text(annotations, MOUNTABLE).equals("true");
  }
}
