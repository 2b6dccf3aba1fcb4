package dev.troupe.resources.kind.node;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import tools.jackson.databind.node.ObjectNode;

final class LeaseValidation implements Validation {

  @Override
  public void check(ObjectNode lease, FieldErrors errors) {
    var spec = Json.object(lease, "spec");
    var duration = Json.number(spec, "leaseDurationSeconds");
    if (duration != null && duration <= 0) {
      errors.invalid(Path.SPEC.child("leaseDurationSeconds"), duration, "must be greater than 0");
    }
    Checks.notNegative(spec, "leaseTransitions", Path.SPEC, errors);
  }
}
