package dev.troupe.resources.kind.node;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

final class LeaseValidation implements Validation {

  private static final List<String> STRATEGIES = List.of("OldestEmulationVersion");

  @Override
  public void check(ObjectNode lease, FieldErrors errors) {
    var spec = Json.object(lease, "spec");
    var duration = Json.number(spec, "leaseDurationSeconds");
    if (duration != null && duration <= 0) {
      errors.invalid(Path.SPEC.child("leaseDurationSeconds"), duration, "must be greater than 0");
    }
    Checks.notNegative(spec, "leaseTransitions", Path.SPEC, errors);
    var strategy = Json.text(spec, "strategy");
    var path = Path.SPEC.child("strategy").child("strategy");
    if (strategy.indexOf('/') >= 0) {
      Names.qualified(strategy).ifPresent(wrong -> errors.invalid(path, strategy, wrong));
    } else if (!strategy.isEmpty() && !STRATEGIES.contains(strategy)) {
      errors.notSupported(path, strategy, STRATEGIES);
    }
    if (strategy.isEmpty() && !Json.text(spec, "preferredHolder").isEmpty()) {
      errors.forbidden(
          Path.SPEC.child("preferredHolder"), "may only be specified if `strategy` is defined");
    }
  }

  @Override
  public void warn(ObjectNode lease, @Nullable ObjectNode old, FieldWarnings warnings) {
    if (!strategy(lease).isEmpty() && !strategy(lease).equals(strategy(old))) {
      warnings.add(
          Path.SPEC.child("strategy"),
          "not honoured, as no leaders are elected here; candidates agree by themselves");
    }
  }

  private static String strategy(@Nullable ObjectNode lease) {
    return Json.text(Json.object(lease, "spec"), "strategy");
  }
}
