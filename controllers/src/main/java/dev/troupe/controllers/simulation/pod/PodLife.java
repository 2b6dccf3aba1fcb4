package dev.troupe.controllers.simulation.pod;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;

/// The next step in the life of one pod on a simulated node: taken over, init containers one after
/// the other, containers started, ended and started again, stopped. Each step is one status.
public final class PodLife {

  private final SimulatedPod pod;

  public PodLife(SimulatedPod pod) {
    this.pod = pod;
  }

  /// Whether nothing will happen unless the pod changes.
  public static boolean isAtRest(Pod pod) {
    if (Pods.isTerminating(pod)) {
      return false;
    }
    var behaviour = Behaviour.of(pod);
    return Pods.isTerminal(pod)
        || (behaviour.exit() == null
            && Pods.phase(pod).equals("Running")
            && SimulatedPod.containers(pod).allMatch(ContainerStates::isRunning)
            && !saysOtherwise(pod));
  }

  public Plan next() {
    if (Pods.isTerminating(pod.pod())) {
      return new Stopping(pod).next();
    }
    if (Pods.isTerminal(pod.pod())) {
      return Plan.nothing();
    }
    if (pod.status().getStartTime() == null) {
      return accept();
    }
    var start = ObjectTimes.parse(pod.status().getStartTime()).plus(pod.behaviour().startAfter());
    if (!pod.behaviour().startAfter().isZero() && start.isAfter(pod.now())) {
      return pod.again(Plan.nothing(), start);
    }
    if (!pod.behaviour().pullsImages()) {
      return new ImagePull(pod).fail();
    }
    int pending = firstPendingInit();
    if (pending >= 0) {
      return runInit(pending);
    }
    if (Pods.phase(pod.pod()).equals("Running") && saysOtherwise(pod.pod())) {
      return pod.report(
          pod.statuses(pod.initStatuses(), pod.status().getContainerStatuses(), pod.podAddress()));
    }
    return SimulatedPod.containers(pod.pod())
            .anyMatch(c -> ContainerStates.isRunning(c) || hasRun(c))
        ? new Restarts(pod).next()
        : start();
  }

  /// Whether somebody has said of the pod's readiness something else than its containers do.
  private static boolean saysOtherwise(Pod pod) {
    boolean ready = SimulatedPod.containers(pod).allMatch(c -> Boolean.TRUE.equals(c.getReady()));
    return ready != Pods.isReady(pod);
  }

  private Plan accept() {
    var plan = pod.report(new PodStatuses(pod.pod(), pod.now()).accepted(pod.hostAddress()));
    return pod.behaviour().mistake() == null
        ? plan
        : plan.note(new Note(true, "InvalidSimulation", pod.behaviour().mistake(), pod.pod()));
  }

  private Plan runInit(int index) {
    var init = new ArrayList<>(pod.status().getInitContainerStatuses());
    var container = Pods.initContainers(pod.pod()).get(index);
    init.set(
        index,
        Pods.isSidecar(container)
            ? ContainerStates.running(pod.pod(), container, true, 0, pod.now())
            : ContainerStates.completed(pod.pod(), container, pod.now()));
    var plan =
        pod.report(pod.statuses(init, pod.status().getContainerStatuses(), pod.podAddress()));
    return pod.noteStart(plan, container);
  }

  private Plan start() {
    var ip = pod.podAddress();
    if (ip.isEmpty()) {
      return pod.again(
          Plan.nothing().waitFor("pod address", "the node's pod range is used up"),
          pod.now().plusSeconds(5));
    }
    var containers =
        pod.containers().stream()
            .map(c ->
                ContainerStates.running(pod.pod(), c, pod.behaviour().becomesReady(), 0, pod.now()))
            .toList();
    var plan = pod.report(pod.statuses(pod.initStatuses(), containers, ip));
    for (var container : pod.containers()) {
      plan = pod.noteStart(plan, container);
    }
    return plan;
  }

  private int firstPendingInit() {
    var init = pod.initStatuses();
    for (int i = 0; i < init.size(); i++) {
      if (init.get(i).getState().getWaiting() != null) {
        return i;
      }
    }
    return -1;
  }

  private static boolean hasRun(ContainerStatus container) {
    return ContainerStates.isTerminated(container)
        || (container.getLastState() != null && container.getLastState().getTerminated() != null);
  }
}
