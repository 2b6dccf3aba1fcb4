package dev.troupe.controllers.deployment;

import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a deployment reports: its counts, whether it is available, and whether it moves.
final class Progress {

  private final Deployment deployment;
  private final Sets sets;
  private final Conditions conditions;
  private final Instant now;

  Progress(Deployment deployment, Sets sets, Conditions conditions, Instant now) {
    this.deployment = deployment;
    this.sets = sets;
    this.conditions = conditions;
    this.now = now;
  }

  /// The status by the counts of the replica sets alone.
  DeploymentStatus counted(@Nullable Integer collisionCount) {
    int available = Sets.total(sets.all(), Sets::available);
    int wanted = Limits.replicas(deployment);
    if (available >= wanted - Limits.of(deployment).maxUnavailable()) {
      conditions.set(
          Conditions.AVAILABLE,
          "True",
          "MinimumReplicasAvailable",
          "Deployment has minimum availability.");
    } else {
      conditions.set(
          Conditions.AVAILABLE,
          "False",
          "MinimumReplicasUnavailable",
          "Deployment does not have minimum availability.");
    }
    var status = new DeploymentStatus();
    var current = sets.current();
    status.setObservedGeneration(deployment.getMetadata().getGeneration());
    status.setReplicas(orAbsent(Sets.total(sets.all(), Sets::actual)));
    status.setUpdatedReplicas(orAbsent(current == null ? 0 : Sets.actual(current)));
    status.setReadyReplicas(orAbsent(Sets.total(sets.all(), Sets::ready)));
    status.setAvailableReplicas(orAbsent(available));
    status.setUnavailableReplicas(
        orAbsent(Math.max(0, Sets.total(sets.all(), Sets::replicas) - available)));
    status.setTerminatingReplicas(orAbsent(Sets.total(sets.all(), Sets::terminating)));
    status.setCollisionCount(collisionCount);
    status.setConditions(conditions.list());
    return status;
  }

  /// The status of a rollout: the counts, and how far it has come since it was last looked at.
  DeploymentStatus ofRollout(@Nullable Integer collisionCount) {
    var status = counted(collisionCount);
    if (!hasDeadline(deployment)) {
      conditions.remove(Conditions.PROGRESSING);
    } else if (!wasComplete(status)) {
      judge(status);
    }
    replicaFailure()
        .ifPresentOrElse(
            failure ->
                conditions.set(
                    Conditions.REPLICA_FAILURE,
                    failure.getStatus(),
                    failure.getReason(),
                    failure.getMessage()),
            () -> conditions.remove(Conditions.REPLICA_FAILURE));
    status.setConditions(conditions.list());
    return status;
  }

  /// When a rollout that does not move is to be looked at again: once, when its deadline has
  /// passed. One that was complete has no deadline any more, however little of it is available now.
  Optional<Duration> untilDeadline(DeploymentStatus status) {
    if (!hasDeadline(deployment) || isComplete(deployment, status)) {
      return Optional.empty();
    }
    return conditions
        .get(Conditions.PROGRESSING)
        .filter(c ->
            !Conditions.DEADLINE_EXCEEDED.equals(c.getReason())
                && !Conditions.NEW_REPLICA_SET_AVAILABLE.equals(c.getReason()))
        .map(c -> ObjectTimes.parse(c.getLastUpdateTime()).plus(deadline()).plusSeconds(1))
        .map(moment -> ObjectTimes.until(moment, now));
  }

  static boolean isComplete(Deployment deployment, @Nullable DeploymentStatus status) {
    int wanted = Limits.replicas(deployment);
    var generation = deployment.getMetadata().getGeneration();
    return status != null
        && count(status, DeploymentStatus::getUpdatedReplicas) == wanted
        && count(status, DeploymentStatus::getReplicas) == wanted
        && count(status, DeploymentStatus::getAvailableReplicas) == wanted
        && status.getObservedGeneration() != null
        && (generation == null || status.getObservedGeneration() >= generation);
  }

  boolean isPaused() {
    return Boolean.TRUE.equals(deployment.getSpec().getPaused());
  }

  /// Says when a pause begins and ends, as no time is counted meanwhile.
  void notePause() {
    if (!hasDeadline(deployment)
        || conditions.hasReason(Conditions.PROGRESSING, Conditions.DEADLINE_EXCEEDED)) {
      return;
    }
    boolean noted = conditions.hasReason(Conditions.PROGRESSING, Conditions.PAUSED);
    if (isPaused() && !noted) {
      conditions.set(Conditions.PROGRESSING, "Unknown", Conditions.PAUSED, "Deployment is paused");
    } else if (!isPaused() && noted) {
      conditions.set(
          Conditions.PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed");
    }
  }

  static boolean hasDeadline(Deployment deployment) {
    var seconds = deployment.getSpec().getProgressDeadlineSeconds();
    return seconds != null && seconds != Integer.MAX_VALUE;
  }

  private boolean wasComplete(DeploymentStatus status) {
    return count(status, DeploymentStatus::getReplicas)
            == count(status, DeploymentStatus::getUpdatedReplicas)
        && conditions.hasReason(Conditions.PROGRESSING, Conditions.NEW_REPLICA_SET_AVAILABLE);
  }

  private void judge(DeploymentStatus status) {
    var current = sets.current();
    var subject =
        current == null
            ? "Deployment \"" + deployment.getMetadata().getName() + "\""
            : "ReplicaSet \"" + current.getMetadata().getName() + "\"";
    if (isComplete(deployment, status)) {
      conditions.set(
          Conditions.PROGRESSING,
          "True",
          Conditions.NEW_REPLICA_SET_AVAILABLE,
          subject + " has successfully progressed.");
    } else if (hasMoved(status)) {
      conditions.renew(
          Conditions.PROGRESSING, "True", "ReplicaSetUpdated", subject + " is progressing.");
    } else if (isOverdue()) {
      conditions.set(
          Conditions.PROGRESSING,
          "False",
          Conditions.DEADLINE_EXCEEDED,
          subject + " has timed out progressing.");
    }
  }

  private boolean hasMoved(DeploymentStatus status) {
    var before = deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
    return grown(before, status, DeploymentStatus::getUpdatedReplicas)
        || grown(before, status, DeploymentStatus::getReadyReplicas)
        || grown(before, status, DeploymentStatus::getAvailableReplicas)
        || oldReplicas(status) < oldReplicas(before);
  }

  private boolean isOverdue() {
    return conditions
        .get(Conditions.PROGRESSING)
        .filter(c -> !Conditions.NEW_REPLICA_SET_AVAILABLE.equals(c.getReason()))
        .filter(c ->
            Conditions.DEADLINE_EXCEEDED.equals(c.getReason())
                || ObjectTimes.parse(c.getLastUpdateTime()).plus(deadline()).isBefore(now))
        .isPresent();
  }

  private Duration deadline() {
    return Duration.ofSeconds(deployment.getSpec().getProgressDeadlineSeconds());
  }

  /// The failure of the current set counts before those of older ones.
  private Optional<ReplicaSetCondition> replicaFailure() {
    return Stream.concat(Stream.ofNullable(sets.current()), sets.old().stream())
        .filter(set -> set.getStatus() != null && set.getStatus().getConditions() != null)
        .flatMap(set -> set.getStatus().getConditions().stream())
        .filter(c -> c.getType().equals(Conditions.REPLICA_FAILURE))
        .findFirst();
  }

  private static boolean grown(
      DeploymentStatus before,
      DeploymentStatus after,
      Function<DeploymentStatus, @Nullable Integer> field) {
    return count(after, field) > count(before, field);
  }

  private static int oldReplicas(DeploymentStatus status) {
    return count(status, DeploymentStatus::getReplicas)
        - count(status, DeploymentStatus::getUpdatedReplicas);
  }

  private static int count(
      DeploymentStatus status, Function<DeploymentStatus, @Nullable Integer> field) {
    var count = field.apply(status);
    return count == null ? 0 : count;
  }

  private static @Nullable Integer orAbsent(int count) {
    return count == 0 ? null : count;
  }
}
