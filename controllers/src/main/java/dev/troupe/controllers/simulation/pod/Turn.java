package dev.troupe.controllers.simulation.pod;

import dev.troupe.api.controller.Plan;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One turn of the containers of a pod whose time has come: init containers run one after the
/// other, sidecars from their turn on, and then all others together.
final class Turn {

  private final SimulatedPod pod;
  private final Restarts restarts;
  private final List<ContainerStatus> init = new ArrayList<>();
  private final List<ContainerStatus> containers = new ArrayList<>();
  private final List<Container> replaced = new ArrayList<>();
  private final List<Container> started = new ArrayList<>();
  private final List<Container> backingOff = new ArrayList<>();
  private @Nullable Instant due;

  Turn(SimulatedPod pod) {
    this.pod = pod;
    this.restarts = new Restarts(pod);
  }

  Plan plan() {
    var address = pod.podAddress();
    if (address.isEmpty()) {
      return pod.again(
          Plan.nothing().waitFor("pod address", "the node's pod range is used up"),
          pod.now().plusSeconds(5));
    }
    boolean initialized = runInit();
    for (var container : pod.containers()) {
      containers.add(initialized ? next(container, false) : pod.statusOf(container));
    }
    var statuses = pod.statuses(stoppedWithTheRest(), containers, address);
    boolean changed =
        !statuses.getInitContainerStatuses().equals(pod.initStatuses())
            || !containers.equals(SimulatedPod.containers(pod.pod()).toList());
    if (!changed && !PodLife.isUnseen(pod.pod()) && !PodLife.saysOtherwise(pod.pod())) {
      return due == null ? Plan.nothing() : pod.again(Plan.nothing(), due);
    }
    return noted(pod.report(statuses));
  }

  /// @return whether all have done their work
  private boolean runInit() {
    boolean goesOn = true;
    for (var container : Pods.initContainers(pod.pod())) {
      var next = goesOn ? next(container, true) : pod.statusOf(container);
      init.add(next);
      goesOn &= Pods.isSidecar(container) ? hasStarted(next) : hasSucceeded(next);
    }
    return goesOn;
  }

  private ContainerStatus next(Container container, boolean isInit) {
    var before = pod.statusOf(container);
    var next = restarts.next(container, isInit);
    if (!next.equals(before)) {
      if (Restarts.isChanged(container, before)) {
        replaced.add(container);
      }
      note(container, next);
      // An init container that takes no time is seen when it is done.
      var end = isInit ? Restarts.end(container, true, pod.behaviour()) : null;
      return end != null && end.code() == 0 && end.after().isZero() && !Pods.isSidecar(container)
          ? done(next)
          : next;
    }
    var moment = restarts.due(container, isInit);
    due = moment == null || (due != null && due.isBefore(moment)) ? due : moment;
    return next;
  }

  private ContainerStatus done(ContainerStatus running) {
    if (!ContainerStates.isRunning(running)) {
      return running;
    }
    var done = ContainerStates.terminated(running, 0, pod.now());
    done.setReady(true);
    return done;
  }

  private void note(Container container, ContainerStatus next) {
    if (ContainerStates.isRunning(next)) {
      started.add(container);
    } else if (ContainerStates.isWaiting(next)) {
      backingOff.add(container);
    }
  }

  /// Sidecars have nothing to do when all others have ended.
  private List<ContainerStatus> stoppedWithTheRest() {
    var phase = pod.statuses(init, containers, "").getPhase();
    return phase.equals("Succeeded") || phase.equals("Failed")
        ? init.stream()
            .map(
                c -> ContainerStates.isRunning(c) ? ContainerStates.terminated(c, 0, pod.now()) : c)
            .toList()
        : init;
  }

  private Plan noted(Plan report) {
    var plan = report;
    for (var container : replaced) {
      var message = "Container " + container.getName() + " definition changed, will be restarted";
      plan = pod.note(plan, false, "Killing", message);
    }
    for (var container : started) {
      plan = pod.noteStart(plan, container);
    }
    for (var container : backingOff) {
      plan = pod.note(plan, true, "BackOff", restarts.backOffMessage(container));
    }
    return plan;
  }

  private static boolean hasStarted(ContainerStatus sidecar) {
    return ContainerStates.isRunning(sidecar) || ContainerStates.lastEnd(sidecar) != null;
  }

  private static boolean hasSucceeded(ContainerStatus init) {
    return ContainerStates.isTerminated(init) && init.getState().getTerminated().getExitCode() == 0;
  }
}
