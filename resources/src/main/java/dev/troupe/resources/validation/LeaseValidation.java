package dev.troupe.resources.validation;

import dev.troupe.resources.json.Json;
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
