package dev.troupe.controllers.eviction;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.api.controller.Plan.Propagation;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.eviction.PodsByNode.Place;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.PodConditions;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// Whether, and for how long, one pod may stay where it is.
record Stay(PodsByNode state, ResourceKey key, Pod pod, Cause cause, Instant now) {

  /// How long a node may be away before its pods are given up.
  static final Duration QUARANTINE = Duration.ofSeconds(40);

  private static final String DISRUPTION = "DisruptionTarget";

  /// Whoever has it was to go, and only has not been deleted yet.
  private static final String BY_TAINT = "DeletionByTaintManager";

  Plan plan() {
    var node = Pods.nodeName(pod);
    if (node.isEmpty()) {
      return Pods.isTerminating(pod) || state.isTooMany(key) ? collect(null) : Plan.nothing();
    }
    var place = state.place(node);
    if (place == null) {
      return orphaned(node);
    }
    if (state.isTooMany(key)) {
      return collect(null);
    }
    if (Pods.isTerminating(pod)) {
      return place.outOfService() && place.failed() ? collect(null) : Plan.nothing();
    }
    return onTaintedNode(place);
  }

  private Plan orphaned(String node) {
    var end = state.missingSince(node, now).plus(QUARANTINE);
    return end.isAfter(now) && !isOver("orphaned")
        ? Plan.nothing().timer("orphaned", ObjectTimes.until(end, now))
        : collect(disruption("DeletionByPodGC", "PodGC: node no longer exists"));
  }

  private Plan onTaintedNode(Place place) {
    var bearing = Bearing.of(pod, place.expelling());
    if (bearing.isNone()) {
      state.stays(key);
      return evict();
    }
    var marked = mark(Plan.nothing());
    var time = bearing.time();
    if (time == null) {
      return state.stays(key) ? said(marked, "Cancelling deletion of Pod ") : marked;
    }
    var end = state.leaves(key, ObjectTimes.later(since(place), time));
    return end.isAfter(now) && !isOver("leaving") && !isDisrupted(BY_TAINT)
        ? marked.timer("leaving", ObjectTimes.until(end, now))
        : evict();
  }

  /// Since when it bears the taints: they and the pod tell that to whoever has just started.
  private Instant since(Place place) {
    var scheduled = Pods.condition(pod, "PodScheduled").map(PodCondition::getLastTransitionTime);
    var times = new ArrayList<String>();
    place.expelling().forEach(taint -> times.add(orEmpty(taint.getTimeAdded())));
    times.add(scheduled.orElse(""));
    return cause instanceof Cause.Started && !times.contains("")
        ? ObjectTimes.parse(Collections.max(times))
        : now;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// A timer remembers how long it was from the beginning, the state only since it was folded last.
  private boolean isOver(String timer) {
    return cause instanceof Cause.TimerFired(var fired) && fired.equals(timer);
  }

  private Plan mark(Plan plan) {
    return state.isToBeMarked(key) && Pods.isReady(pod)
        ? plan.write(
                PodConditions.set(
                    pod, PodConditions.condition(pod, "Ready", "False", null, null, now)))
            .note(new Note(true, "NodeNotReady", "Node is not ready", pod))
        : plan;
  }

  private Plan evict() {
    var plan = said(Plan.nothing(), "Marking for deletion Pod ");
    if (!isDisrupted(BY_TAINT)) {
      plan =
          plan.write(
              PodConditions.set(
                  pod, disruption(BY_TAINT, "Taint manager: deleting due to NoExecute taint")));
    }
    return plan.delete(pod);
  }

  private Plan said(Plan plan, String what) {
    return plan.note(new Note(false, "TaintManagerEviction", what + key.path(), pod));
  }

  private boolean isDisrupted(String reason) {
    return Pods.condition(pod, DISRUPTION)
        .filter(c -> c.getStatus().equals("True") && reason.equals(c.getReason()))
        .isPresent();
  }

  private PodCondition disruption(String reason, String message) {
    return PodConditions.condition(pod, DISRUPTION, "True", reason, message, now);
  }

  /// Nobody will report anything of the pod any more: it has failed, and goes at once.
  private Plan collect(@Nullable PodCondition why) {
    var plan = Plan.nothing();
    if (!Pods.isTerminal(pod)) {
      plan = plan.write(PodConditions.set(pod, why, "Failed"));
    }
    var grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    boolean goes = Pods.isTerminating(pod) && grace != null && grace == 0;
    return goes
        ? plan // Only finalizers hold it.
        : plan.write(
            new Write.Delete(key, pod.getMetadata().getUid(), null, 0L, Propagation.BACKGROUND));
  }
}
