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
}
