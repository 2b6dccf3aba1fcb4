package dev.troupe.controllers.deployment;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.deployment.Scaling.Target;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.LastRefusal;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One decision about one deployment. The plan grows while the decision is made.
final class DeploymentPlanner {

  private final Deployment deployment;
  private final Cause cause;
  private final int wanted;
  private final Limits limits;
  private final List<ReplicaSet> seen;
  private final Sets sets;
  private final Scaling scaling;
  private final Conditions conditions;
  private final Progress progress;

  private Plan plan = Plan.nothing();
  private @Nullable Integer collisionCount;

  DeploymentPlanner(Deployment deployment, List<ReplicaSet> seen, Instant now, Cause cause) {
    this.cause = cause;
    this.deployment = deployment;
    this.wanted = Limits.replicas(deployment);
    this.limits = Limits.of(deployment);
    this.seen = seen;
    var claim = OwnSets.of(deployment, seen);
    for (var write : claim.writes()) {
      plan = plan.write(write);
    }
    this.sets = Sets.of(deployment, claim.owned());
    this.scaling = new Scaling(deployment, sets);
    this.conditions = Conditions.of(deployment, now);
    this.progress = new Progress(deployment, sets, conditions, now);
    var status = deployment.getStatus();
    this.collisionCount = status == null ? null : status.getCollisionCount();
  }

  Plan plan() {
    if (deployment.getMetadata().getDeletionTimestamp() != null) {
      return plan.status(progress.counted(collisionCount));
    }
    progress.notePause();
    if (progress.isPaused() || isScaled()) {
      adjustRevision();
      scaling.evenly().forEach(this::scale);
      if (progress.isPaused()) {
        cleanUp();
      }
      return plan.status(progress.counted(collisionCount));
    }
    var settled = Limits.isRolling(deployment) ? roll() : recreate();
    if (settled && Progress.isComplete(deployment, deployment.getStatus())) {
      cleanUp();
    }
    return report(progress.ofRollout(collisionCount));
  }

  private Plan report(DeploymentStatus status) {
    plan = plan.status(status);
    progress.untilDeadline(status).ifPresent(left -> plan = plan.timer("progress", left));
    if (!Progress.isComplete(deployment, status)) {
      plan =
          plan.waitFor(
              "rollout",
              (status.getUpdatedReplicas() == null ? 0 : status.getUpdatedReplicas())
                  + " updated and "
                  + (status.getAvailableReplicas() == null ? 0 : status.getAvailableReplicas())
                  + " available of "
                  + wanted
                  + " wanted");
    }
    return plan;
  }

  /// Returns whether there is nothing to scale.
  private boolean roll() {
    var current = sets.current();
    if (current == null) {
      create(scaling.rollingSize(0));
      return false;
    }
    adjustRevision();
    var next = scaling.current(current);
    if (next.isEmpty()) {
      next = scaling.old(current);
    }
    next.forEach(this::scale);
    return next.isEmpty();
  }

  private boolean recreate() {
    var down = scaling.oldToZero();
    if (!down.isEmpty()) {
      adjustRevision();
      down.forEach(this::scale);
      return false;
    }
    if (sets.old().stream().anyMatch(set -> Sets.actual(set) + Sets.terminating(set) > 0)) {
      adjustRevision();
      plan = plan.waitFor("old pods", "pods of older templates still run");
      return false;
    }
    var current = sets.current();
    if (current == null) {
      create(wanted);
      return false;
    }
    adjustRevision();
    if (Sets.replicas(current) == wanted) {
      return true;
    }
    scale(new Target(current, wanted));
    return false;
  }

  private void create(int replicas) {
    var set = NewSet.of(deployment, collisionCount);
    var setName = set.name();
    if (LastRefusal.wasTaken(cause)
        || seen.stream().anyMatch(one -> one.getMetadata().getName().equals(setName))) {
      collisionCount = collisionCount == null ? 1 : collisionCount + 1;
      return;
    }
    var refusal = LastRefusal.of(cause);
    if (Progress.hasDeadline(deployment)) {
      noteCreation(setName, refusal);
    }
    if (refusal.isPresent()) {
      // A plan ends at the first write that fails: what failed before is reported ahead of it.
      plan = plan.status(progress.counted(collisionCount));
    }
    long revision = sets.nextRevision();
    var annotations = new HashMap<>(Revisions.annotations(deployment, Map.of(), revision));
    annotations.putAll(sizeAnnotations());
    plan = plan.own(set.sized(replicas, annotations));
    if (replicas > 0) {
      noteScaling("up", setName, 0, replicas);
    }
    adjustOwnRevision(Long.toString(revision));
  }

  private void noteCreation(String setName, Optional<String> refusal) {
    if (refusal.isPresent()) {
      conditions.set(
          Conditions.PROGRESSING,
          "False",
          "ReplicaSetCreateError",
          "Failed to create new replica set \"" + setName + "\": " + refusal.get());
    } else {
      conditions.set(
          Conditions.PROGRESSING,
          "True",
          "NewReplicaSetCreated",
          "Created new replica set \"" + setName + "\"");
    }
  }

  /// Gives the current set the deployment's annotations and the highest revision, and the
  /// deployment the set's.
  private void adjustRevision() {
    var current = sets.current();
    if (current == null) {
      return;
    }
    var present = Labels.annotationsOf(current);
    var changed = Revisions.annotations(deployment, present, sets.nextRevision());
    Map<String, @Nullable Object> patch = new TreeMap<>();
    if (!changed.isEmpty()) {
      patch.put("metadata", Map.of("annotations", changed));
    }
    var minReady = deployment.getSpec().getMinReadySeconds();
    if (orZero(minReady) != orZero(current.getSpec().getMinReadySeconds())) {
      patch.put("spec", Map.of("minReadySeconds", orZero(minReady)));
    }
    if (!patch.isEmpty()) {
      patch(current, patch);
    }
    adjustOwnRevision(
        changed.getOrDefault(
            Annotations.REVISION, present.getOrDefault(Annotations.REVISION, "1")));
    if (Progress.hasDeadline(deployment) && conditions.get(Conditions.PROGRESSING).isEmpty()) {
      conditions.set(
          Conditions.PROGRESSING,
          "True",
          "FoundNewReplicaSet",
          "Found new replica set \"" + current.getMetadata().getName() + "\"");
    }
  }

  /// Written beside the status, as only what people change makes another generation.
  private void adjustOwnRevision(String revision) {
    if (!revision.equals(Labels.annotationsOf(deployment).get(Annotations.REVISION))) {
      plan =
          plan.write(
              new Write.Patch(
                  Keys.of(deployment),
                  "status",
                  Map.of("metadata", Map.of("annotations", Map.of(Annotations.REVISION, revision))),
                  deployment.getMetadata().getUid(),
                  null));
    }
  }

  private void scale(Target target) {
    var set = target.set();
    var sizes = sizeAnnotations();
    int before = Sets.replicas(set);
    if (before == target.replicas()
        && Labels.annotationsOf(set).entrySet().containsAll(sizes.entrySet())) {
      return;
    }
    patch(
        set,
        Map.of(
            "metadata", Map.of("annotations", sizes),
            "spec", Map.of("replicas", target.replicas())));
    if (before != target.replicas()) {
      noteScaling(
          before < target.replicas() ? "up" : "down",
          set.getMetadata().getName(),
          before,
          target.replicas());
    }
  }

  private void noteScaling(String direction, String set, int from, int to) {
    plan =
        plan.event(
            "ScalingReplicaSet",
            "Scaled " + direction + " replica set " + set + " from " + from + " to " + to);
  }

  private Map<String, String> sizeAnnotations() {
    return Map.of(
        Annotations.DESIRED_REPLICAS, Integer.toString(wanted),
        Annotations.MAX_REPLICAS, Integer.toString(wanted + limits.maxSurge()));
  }

  private void cleanUp() {
    for (var set : Revisions.expired(deployment, sets)) {
      plan = plan.delete(Keys.of(set), set.getMetadata().getUid());
    }
  }

  /// Whether the number of replicas has changed since a set in use was last scaled.
  private boolean isScaled() {
    return sets.active().stream()
        .anyMatch(set ->
            Annotations.size(Labels.annotationsOf(set), Annotations.DESIRED_REPLICAS, wanted)
                != wanted);
  }

  private void patch(ReplicaSet set, Map<String, @Nullable Object> patch) {
    plan = plan.write(new Write.Patch(Keys.of(set), "", patch, set.getMetadata().getUid(), null));
  }

  private static int orZero(@Nullable Integer number) {
    return Objects.requireNonNullElse(number, 0);
  }
}
