package dev.troupe.controllers.replicaset;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.LastRefusal;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.objects.SafeNames;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One decision about one replica set.
final class ReplicaSetPlanner {

  /// How many pods one plan creates or deletes at most; the next follows when these are seen.
  static final int BURST = 500;

  private static final int MAX_BASE_LENGTH = 58;
  private static final int ATTEMPTS_WITH_SAME_NAMES = 3;

  private final ReplicaSet set;
  private final OwnPods claims;
  private final Instant now;
  private final Cause cause;

  ReplicaSetPlanner(ReplicaSet set, OwnPods claims, Instant now, Cause cause) {
    this.set = set;
    this.claims = claims;
    this.now = now;
    this.cause = cause;
  }

  Plan plan() {
    var plan = Plan.nothing();
    for (var pod : claims.adopted()) {
      plan = plan.write(Owners.adopt(set, pod));
    }
    for (var pod : claims.released()) {
      plan = plan.write(Owners.release(set, pod));
    }
    var status = new ReplicaSetStatuses(set, claims.owned(), now).status(cause);
    // A plan ends at the first write that fails: what failed before is reported ahead of it.
    boolean failed = LastRefusal.of(cause).isPresent();
    plan = failed ? plan.status(status) : plan;
    if (set.getMetadata().getDeletionTimestamp() == null) {
      plan = scale(plan);
    }
    plan = failed ? plan : plan.status(status);
    return waitUntilAvailable(plan);
  }

  private Plan scale(Plan plan) {
    var refusal = LastRefusal.of(cause);
    if (refusal.isPresent()) {
      plan = plan.warning("FailedCreate", "Error creating: " + refusal.get());
    }
    var active = claims.owned().stream().filter(Pods::isActive).toList();
    int missing = wanted() - active.size();
    return missing >= 0
        ? create(plan, Math.min(missing, BURST))
        : delete(plan, DeletionOrder.first(Math.min(-missing, BURST), active, claims.seen(), now));
  }

  private Plan create(Plan plan, int count) {
    for (var name : freeNames(count)) {
      plan = plan.own(pod(name)).event("SuccessfulCreate", "Created pod: " + name);
    }
    return plan;
  }

  private Plan delete(Plan plan, List<Pod> pods) {
    for (var pod : pods) {
      plan =
          plan.delete(Keys.of(pod), pod.getMetadata().getUid())
              .event("SuccessfulDelete", "Deleted pod: " + pod.getMetadata().getName());
    }
    return plan;
  }

  /// Names by the version of the set that the decision is about, and the free numbers under it: a
  /// decision that is repeated names the same pods, a later one names others.
  private List<String> freeNames(int count) {
    Set<String> taken =
        claims.seen().stream().map(p -> p.getMetadata().getName()).collect(Collectors.toSet());
    var metadata = set.getMetadata();
    var base = metadata.getName();
    var prefix = base.substring(0, Math.min(base.length(), MAX_BASE_LENGTH - 1)) + "-";
    var seed = metadata.getUid() + "/" + metadata.getResourceVersion() + "/" + stubbornFailures();
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + SafeNames.suffix(seed + "/" + i))
        .filter(Predicate.not(taken::contains))
        .distinct()
        .limit(count)
        .toList();
  }

  /// Other names are tried where the same ones keep failing: they may belong to somebody else.
  private int stubbornFailures() {
    return cause instanceof Cause.Failed(var attempt, _) && attempt > ATTEMPTS_WITH_SAME_NAMES
        ? attempt
        : 0;
  }

  /// All pods of a plan share what the template says.
  private Pod pod(String name) {
    var template = set.getSpec().getTemplate();
    var metadata = new ObjectMeta();
    metadata.setName(name);
    metadata.setNamespace(set.getMetadata().getNamespace());
    metadata.setGenerateName(set.getMetadata().getName() + "-");
    if (template.getMetadata() != null) {
      metadata.setLabels(template.getMetadata().getLabels());
      metadata.setAnnotations(template.getMetadata().getAnnotations());
      metadata.setFinalizers(template.getMetadata().getFinalizers());
    }
    var pod = new Pod();
    pod.setMetadata(metadata);
    pod.setSpec(template.getSpec());
    return pod;
  }

  private Plan waitUntilAvailable(Plan plan) {
    var minReady = minReady(set);
    if (minReady.isZero()) {
      return plan;
    }
    return availableLater(minReady)
        .min(Instant::compareTo)
        .map(moment -> plan.timer("available", ObjectTimes.until(moment, now)))
        .orElse(plan);
  }

  private Stream<Instant> availableLater(Duration minReady) {
    return claims.owned().stream()
        .filter(Pods::isActive)
        .filter(Pods::isReady)
        .map(pod -> Pods.readySince(pod).plus(minReady))
        .filter(moment -> moment.isAfter(now));
  }

  static Duration minReady(ReplicaSet set) {
    var seconds = set.getSpec().getMinReadySeconds();
    return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
  }

  private int wanted() {
    var replicas = set.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }
}
