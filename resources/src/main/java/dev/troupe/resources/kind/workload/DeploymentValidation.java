package dev.troupe.resources.kind.workload;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.podspec.PodTemplateValidation;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.SelectorValidation;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class DeploymentValidation implements Validation {

  private static final String ROLLBACK = "deprecated.deployment.rollback.to";

  private static final List<String> STRATEGIES = List.of("Recreate", "RollingUpdate");

  @Override
  public void check(ObjectNode deployment, FieldErrors errors) {
    var spec = Json.object(deployment, "spec");
    Checks.notNegative(spec, "replicas", Path.SPEC, errors);
    SelectorValidation.ofWorkload(spec, errors);
    PodTemplateValidation.check(spec, errors);
    strategy(Json.object(spec, "strategy"), Path.SPEC.child("strategy"), errors);
    for (var field :
        List.of("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")) {
      Checks.notNegative(spec, field, Path.SPEC, errors);
    }
    var deadline = Json.number(spec, "progressDeadlineSeconds");
    if (deadline != null && deadline <= Json.number(spec, "minReadySeconds", 0)) {
      errors.invalid(
          Path.SPEC.child("progressDeadlineSeconds"),
          deadline,
          "must be greater than minReadySeconds");
    }
  }

  @Override
  public void warn(ObjectNode object, @Nullable ObjectNode old, FieldWarnings warnings) {
    WorkloadWarnings.check(object, old, warnings);
    if (asksForRollback(object) && !asksForRollback(old)) {
      warnings.add(
          Path.METADATA.child("annotations").key(ROLLBACK),
          "not honoured; the template of a former revision is brought back by writing it");
    }
  }

  private static boolean asksForRollback(@Nullable ObjectNode deployment) {
    return Json.has(Json.object(Json.object(deployment, "metadata"), "annotations"), ROLLBACK);
  }

  @Override
  public void checkStatus(ObjectNode deployment, ObjectNode old, FieldErrors errors) {
    WorkloadStatusValidation.ofDeployment(deployment, old, errors);
  }

  @Override
  public void checkChange(ObjectNode deployment, ObjectNode old, FieldErrors errors) {
    errors.immutable(
        Path.SPEC.child("selector"),
        Json.get(Json.object(deployment, "spec"), "selector"),
        Json.get(Json.object(old, "spec"), "selector"));
  }

  private static void strategy(@Nullable ObjectNode strategy, Path path, FieldErrors errors) {
    Checks.oneOf(strategy, "type", STRATEGIES, path, errors);
    var rolling = Json.object(strategy, "rollingUpdate");
    if (rolling == null) {
      return;
    }
    var at = path.child("rollingUpdate");
    if (Json.text(strategy, "type").equals("Recreate")) {
      errors.forbidden(at, "may not be specified when strategy `type` is 'Recreate'");
      return;
    }
    Checks.countOrPercent(rolling, "maxUnavailable", at, errors);
    Checks.countOrPercent(rolling, "maxSurge", at, errors);
    var unavailable = Json.get(rolling, "maxUnavailable");
    if (isZero(unavailable) && isZero(Json.get(rolling, "maxSurge"))) {
      errors.invalid(at.child("maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0");
    }
    if (isMoreThanAll(unavailable)) {
      errors.invalid(at.child("maxUnavailable"), unavailable, "must not be greater than 100%");
    }
  }

  private static boolean isZero(@Nullable JsonNode value) {
    if (value == null || !value.isString()) {
      return value == null || value.asInt(1) == 0;
    }
    return value.stringValue().matches("0+%");
  }

  private static boolean isMoreThanAll(@Nullable JsonNode value) {
    if (value == null || !value.isString() || !value.stringValue().matches("[0-9]+%")) {
      return false;
    }
    var digits = value.stringValue().replaceFirst("^0+", "").replace("%", "");
    return digits.length() > 3 || (digits.length() == 3 && digits.compareTo("100") > 0);
  }
}
