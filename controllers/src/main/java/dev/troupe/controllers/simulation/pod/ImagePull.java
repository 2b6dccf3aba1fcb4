package dev.troupe.controllers.simulation.pod;

import dev.troupe.api.controller.Plan;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;

/// A pod whose images cannot be pulled.
final class ImagePull {

  private static final Duration PULL_RETRY = Duration.ofSeconds(10);

  private final SimulatedPod pod;

  ImagePull(SimulatedPod pod) {
    this.pod = pod;
  }

  Plan fail() {
    boolean backsOff =
        SimulatedPod.containers(pod.pod())
            .anyMatch(c ->
                ContainerStates.isWaiting(c, "ErrImagePull")
                    || ContainerStates.isWaiting(c, "ImagePullBackOff"));
    var start = ObjectTimes.parse(pod.status().getStartTime());
    if (backsOff
        && SimulatedPod.containers(pod.pod())
            .anyMatch(c -> ContainerStates.isWaiting(c, "ImagePullBackOff"))) {
      return Plan.nothing();
    }
    if (backsOff && start.plus(PULL_RETRY).isAfter(pod.now())) {
      return pod.again(Plan.nothing(), start.plus(PULL_RETRY));
    }
    var reason = backsOff ? "ImagePullBackOff" : "ErrImagePull";
    var containers =
        pod.containers().stream()
            .map(c -> ContainerStates.waiting(c, reason, pullMessage(c, backsOff)))
            .toList();
    var plan = pod.report(pod.statuses(pod.initStatuses(), containers, pod.podAddress()));
    for (var container : pod.containers()) {
      if (backsOff) {
        plan = pod.note(plan, false, "BackOff", pullMessage(container, true));
      } else {
        plan = pod.note(plan, false, "Pulling", "Pulling image \"" + container.getImage() + "\"");
        plan = pod.note(plan, true, "Failed", pullMessage(container, false));
      }
      plan = pod.note(plan, true, "Failed", "Error: " + reason);
    }
    return plan;
  }

  private static String pullMessage(Container container, boolean backsOff) {
    return backsOff
        ? "Back-off pulling image \"" + container.getImage() + "\""
        : "Failed to pull image \"" + container.getImage() + "\": simulated failure";
  }
}
