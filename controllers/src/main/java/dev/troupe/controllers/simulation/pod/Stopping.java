package dev.troupe.controllers.simulation.pod;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Propagation;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.util.List;

/// A pod that is being deleted: its containers stop, then it goes.
final class Stopping {

  private final SimulatedPod pod;

  Stopping(SimulatedPod pod) {
    this.pod = pod;
  }

  Plan next() {
    var grace = pod.pod().getMetadata().getDeletionGracePeriodSeconds();
    var graceTime = Duration.ofSeconds(grace == null ? 0 : grace);
    var deadline = ObjectTimes.parse(pod.pod().getMetadata().getDeletionTimestamp());
    var asked = ObjectTimes.earlier(deadline, graceTime);
    boolean runs = SimulatedPod.allContainers(pod.pod()).anyMatch(ContainerStates::isRunning);
    var time =
        pod.behaviour().stopAfter().compareTo(graceTime) < 0
            ? pod.behaviour().stopAfter()
            : graceTime;
    var end = asked.plus(time);
    if (runs && end.isAfter(pod.now())) {
      return pod.again(Plan.nothing().waitFor("containers", "they are stopping"), end);
    }
    if (!runs && graceTime.isZero()) {
      return Plan.nothing(); // Only finalizers hold it.
    }
    var plan = Plan.nothing();
    if (runs) {
      plan =
          pod.report(
              pod.statuses(
                  ended(pod.initStatuses()),
                  ended(SimulatedPod.containers(pod.pod()).toList()),
                  pod.podAddress()));
      for (var container : pod.containers()) {
        plan = pod.note(plan, false, "Killing", "Stopping container " + container.getName());
      }
    }
    return plan.write(
        new Write.Delete(
            Keys.of(pod.pod()),
            pod.pod().getMetadata().getUid(),
            null,
            0L,
            Propagation.BACKGROUND));
  }

  private List<ContainerStatus> ended(List<ContainerStatus> statuses) {
    return statuses.stream()
        .map(s -> ContainerStates.isRunning(s) ? ContainerStates.terminated(s, 0, pod.now()) : s)
        .toList();
  }
}
