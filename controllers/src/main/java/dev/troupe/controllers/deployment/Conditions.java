package dev.troupe.controllers.deployment;

import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The conditions of a deployment as they shall become. One that has status and reason already
/// keeps its times.
final class Conditions {

  static final String AVAILABLE = "Available";
  static final String PROGRESSING = "Progressing";
  static final String REPLICA_FAILURE = "ReplicaFailure";

  static final String NEW_REPLICA_SET_AVAILABLE = "NewReplicaSetAvailable";
  static final String DEADLINE_EXCEEDED = "ProgressDeadlineExceeded";
  static final String PAUSED = "DeploymentPaused";

  private final List<DeploymentCondition> conditions;
  private final Instant now;

  private Conditions(List<DeploymentCondition> conditions, Instant now) {
    this.conditions = conditions;
    this.now = now;
  }

  static Conditions of(Deployment deployment, Instant now) {
    var status = deployment.getStatus();
    var present = status == null ? null : status.getConditions();
    return new Conditions(present == null ? new ArrayList<>() : new ArrayList<>(present), now);
  }

  Optional<DeploymentCondition> get(String type) {
    return conditions.stream().filter(c -> c.getType().equals(type)).findFirst();
  }

  boolean hasReason(String type, String reason) {
    return get(type).filter(c -> reason.equals(c.getReason())).isPresent();
  }

  void remove(String type) {
    conditions.removeIf(c -> c.getType().equals(type));
  }

  void set(String type, String status, String reason, String message) {
    var before = get(type);
    if (before
        .filter(c -> c.getStatus().equals(status) && Objects.equals(c.getReason(), reason))
        .isEmpty()) {
      renew(type, status, reason, message);
    }
  }

  /// Sets a condition with a new update time, whatever it was before.
  void renew(String type, String status, String reason, String message) {
    var transition =
        get(type)
            .filter(c -> c.getStatus().equals(status))
            .map(DeploymentCondition::getLastTransitionTime)
            .orElse(ObjectTimes.format(now));
    remove(type);
    var condition = new DeploymentCondition();
    condition.setType(type);
    condition.setStatus(status);
    condition.setReason(reason);
    condition.setMessage(message);
    condition.setLastUpdateTime(ObjectTimes.format(now));
    condition.setLastTransitionTime(transition);
    conditions.add(condition);
  }

  List<DeploymentCondition> list() {
    return List.copyOf(conditions);
  }
}
