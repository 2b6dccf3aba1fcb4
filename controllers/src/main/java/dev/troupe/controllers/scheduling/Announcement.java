package dev.troupe.controllers.scheduling;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.PodConditions;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// What is said of a pod that waited: where it goes, or why it goes nowhere.
record Announcement(Pod pod, Instant now) {

  private static final String SCHEDULED = "PodScheduled";

  Plan bound(String node) {
    var key = Keys.of(pod);
    return Plan.nothing()
        .write(new Write.Bind(key, pod.getMetadata().getUid(), node))
        .note(
            new Note(
                false, "Scheduled", "Successfully assigned " + key.path() + " to " + node, pod));
  }

  /// @param nominated the node that others leave for it; empty if there is none
  Plan unschedulable(String message, String nominated) {
    var plan = Plan.nothing().waitFor("node", message);
    boolean isSaid = isSaid("Unschedulable", message);
    boolean isNominated = Pods.nominatedNode(pod).equals(nominated);
    if (isSaid && isNominated) {
      return plan;
    }
    var more = new HashMap<String, @Nullable Object>();
    if (!isNominated) {
      more.put("nominatedNodeName", nominated.isEmpty() ? null : nominated);
    }
    plan = plan.write(PodConditions.set(pod, unscheduled("Unschedulable", message), more));
    return isSaid ? plan : plan.note(new Note(true, "FailedScheduling", message, pod));
  }

  /// It leaves its node for another one.
  Plan preempted(String uid, String node) {
    var why =
        PodConditions.condition(
            pod,
            "DisruptionTarget",
            "True",
            "PreemptionByScheduler",
            SchedulingController.SCHEDULER + ": preempting to accommodate a higher priority pod",
            now);
    return Plan.nothing()
        .write(PodConditions.set(pod, why))
        .delete(pod)
        .note(new Note(false, "Preempted", "Preempted by pod " + uid + " on node " + node, pod));
  }

  /// It has been looked at again and again.
  Plan resting(Duration rest) {
    var message = Pods.condition(pod, SCHEDULED).map(c -> c.getMessage()).orElse("");
    return Plan.nothing().waitFor("node", message).timer("look again", rest);
  }

  Plan gated() {
    var message = "Scheduling is blocked due to non-empty scheduling gates";
    var plan = Plan.nothing().waitFor("scheduling gates", message);
    return isSaid("SchedulingGated", message)
        ? plan
        : plan.write(PodConditions.set(pod, unscheduled("SchedulingGated", message)));
  }

  private boolean isSaid(String reason, String message) {
    return Pods.condition(pod, SCHEDULED)
        .filter(c -> reason.equals(c.getReason()) && message.equals(c.getMessage()))
        .isPresent();
  }

  private PodCondition unscheduled(String reason, String message) {
    return PodConditions.condition(pod, SCHEDULED, "False", reason, message, now);
  }
}
