package dev.troupe.resources.kind.workload;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The counts that deployments and replica sets report: none is negative, and no part is greater
/// than what it is a part of.
final class WorkloadStatusValidation {

  private static final Path STATUS = Path.ROOT.child("status");

  private WorkloadStatusValidation() {}

  static void ofDeployment(ObjectNode deployment, ObjectNode old, FieldErrors errors) {
    var status = Json.object(deployment, "status");
    notNegative(
        status,
        List.of(
            "observedGeneration",
            "replicas",
            "updatedReplicas",
            "readyReplicas",
            "availableReplicas",
            "unavailableReplicas",
            "terminatingReplicas",
            "collisionCount"),
        errors);
    atMostAll(status, List.of("updatedReplicas", "readyReplicas", "availableReplicas"), errors);
    availableAreReady(status, errors);
    var before = Json.number(Json.object(old, "status"), "collisionCount");
    var collisions = Json.number(status, "collisionCount");
    if (before != null && (collisions == null || collisions < before)) {
      errors.invalid(
          STATUS.child("collisionCount"),
          collisions == null ? Long.valueOf(0) : collisions,
          "cannot be decremented");
    }
  }

  static void ofReplicaSet(ObjectNode replicaSet, FieldErrors errors) {
    var status = Json.object(replicaSet, "status");
    notNegative(
        status,
        List.of(
            "replicas",
            "fullyLabeledReplicas",
            "readyReplicas",
            "availableReplicas",
            "terminatingReplicas",
            "observedGeneration"),
        errors);
    atMostAll(
        status, List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"), errors);
    availableAreReady(status, errors);
  }

  private static void notNegative(
      @Nullable ObjectNode status, List<String> fields, FieldErrors errors) {
    fields.forEach(field -> Checks.notNegative(status, field, STATUS, errors));
  }

  private static void atMostAll(
      @Nullable ObjectNode status, List<String> fields, FieldErrors errors) {
    long all = Json.number(status, "replicas", 0);
    for (var field : fields) {
      long part = Json.number(status, field, 0);
      if (part > all) {
        errors.invalid(STATUS.child(field), part, "cannot be greater than status.replicas");
      }
    }
  }

  private static void availableAreReady(@Nullable ObjectNode status, FieldErrors errors) {
    long available = Json.number(status, "availableReplicas", 0);
    if (available > Json.number(status, "readyReplicas", 0)) {
      errors.invalid(
          STATUS.child("availableReplicas"), available, "cannot be greater than readyReplicas");
    }
  }
}
