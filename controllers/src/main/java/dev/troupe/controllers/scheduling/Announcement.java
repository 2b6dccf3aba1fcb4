package dev.troupe.controllers.scheduling;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.PodConditions;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;

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

  Plan unschedulable(String message) {
    var plan = Plan.nothing().waitFor("node", message);
    return isSaid("Unschedulable", message)
        ? plan
        : plan.write(condition("Unschedulable", message))
            .note(new Note(true, "FailedScheduling", message, pod));
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
        : plan.write(condition("SchedulingGated", message));
  }

  private boolean isSaid(String reason, String message) {
    return Pods.condition(pod, SCHEDULED)
        .filter(c -> reason.equals(c.getReason()) && message.equals(c.getMessage()))
        .isPresent();
  }

  private Write condition(String reason, String message) {
    return PodConditions.set(
        pod, PodConditions.condition(pod, SCHEDULED, "False", reason, message, now));
  }
}
