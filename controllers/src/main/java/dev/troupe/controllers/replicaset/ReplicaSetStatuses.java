package dev.troupe.controllers.replicaset;

import dev.troupe.api.controller.Cause;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.LastRefusal;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a replica set reports about its pods.
final class ReplicaSetStatuses {

  private static final String REPLICA_FAILURE = "ReplicaFailure";

  private final ReplicaSet set;
  private final List<Pod> pods;
  private final List<Pod> active;
  private final Instant now;

  ReplicaSetStatuses(ReplicaSet set, List<Pod> owned, Instant now) {
    this.set = set;
    this.pods = owned;
    this.active = owned.stream().filter(Pods::isActive).toList();
    this.now = now;
  }

  ReplicaSetStatus status(Cause cause) {
    var status = new ReplicaSetStatus();
    var minReady = ReplicaSetPlanner.minReady(set);
    status.setReplicas(active.size());
    status.setFullyLabeledReplicas(count(this::isFullyLabeled));
    status.setReadyReplicas(count(Pods::isReady));
    status.setAvailableReplicas(count(pod -> Pods.isAvailable(pod, minReady, now)));
    status.setTerminatingReplicas(terminating());
    status.setObservedGeneration(set.getMetadata().getGeneration());
    status.setConditions(conditions(cause));
    return status;
  }

  private List<ReplicaSetCondition> conditions(Cause cause) {
    var conditions = new ArrayList<ReplicaSetCondition>();
    var current = set.getStatus();
    ReplicaSetCondition failure = null;
    if (current != null && current.getConditions() != null) {
      for (var condition : current.getConditions()) {
        if (condition.getType().equals(REPLICA_FAILURE)) {
          failure = condition;
        } else {
          conditions.add(condition);
        }
      }
    }
    var before = failure;
    LastRefusal.of(cause).ifPresent(message -> conditions.add(failure(message, before)));
    return conditions;
  }

  private ReplicaSetCondition failure(String message, @Nullable ReplicaSetCondition before) {
    var condition = new ReplicaSetCondition();
    condition.setType(REPLICA_FAILURE);
    condition.setStatus("True");
    condition.setReason("FailedCreate");
    condition.setMessage(message);
    condition.setLastTransitionTime(
        before == null ? ObjectTimes.format(now) : before.getLastTransitionTime());
    return condition;
  }

  private boolean isFullyLabeled(Pod pod) {
    var template = set.getSpec().getTemplate().getMetadata();
    return template == null
        || Labels.of(pod).entrySet().containsAll(Labels.orEmpty(template.getLabels()).entrySet());
  }

  private @Nullable Integer count(Predicate<Pod> counted) {
    return orAbsent((int) active.stream().filter(counted).count());
  }

  private @Nullable Integer terminating() {
    return orAbsent(
        (int)
            pods.stream().filter(pod -> Pods.isTerminating(pod) && !Pods.isTerminal(pod)).count());
  }

  /// Counts of zero are absent, except `replicas`.
  private static @Nullable Integer orAbsent(int count) {
    return count == 0 ? null : count;
  }
}
