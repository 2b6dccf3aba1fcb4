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
import tools.jackson.databind.node.ObjectNode;

final class ReplicaSetValidation implements Validation {

  @Override
  public void check(ObjectNode replicaSet, FieldErrors errors) {
    var spec = Json.object(replicaSet, "spec");
    for (var field : List.of("replicas", "minReadySeconds")) {
      Checks.notNegative(spec, field, Path.SPEC, errors);
    }
    SelectorValidation.ofWorkload(spec, errors);
    PodTemplateValidation.check(spec, errors);
  }

  @Override
  public void warn(ObjectNode object, @Nullable ObjectNode old, FieldWarnings warnings) {
    WorkloadWarnings.check(object, old, warnings);
  }

  @Override
  public void checkStatus(ObjectNode replicaSet, ObjectNode old, FieldErrors errors) {
    WorkloadStatusValidation.ofReplicaSet(replicaSet, errors);
  }

  @Override
  public void checkChange(ObjectNode replicaSet, ObjectNode old, FieldErrors errors) {
    errors.immutable(
        Path.SPEC.child("selector"),
        Json.get(Json.object(replicaSet, "spec"), "selector"),
        Json.get(Json.object(old, "spec"), "selector"));
  }
}
