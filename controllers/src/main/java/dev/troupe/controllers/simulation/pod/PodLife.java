package dev.troupe.controllers.simulation.pod;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The next step in the life of one pod on a simulated node: taken over, init containers one after
/// the other, containers started, ended and started again, stopped. Each step is one status.
public final class PodLife {

  private static final String OVERDUE =
      "Pod was active on the node longer than the specified deadline";
  private static final int KILLED = 137;

  private final SimulatedPod pod;

  public PodLife(SimulatedPod pod) {
    this.pod = pod;
  }

  /// Whether nothing will happen unless the pod changes.
  public static boolean isAtRest(Pod pod) {
    if (Pods.isTerminating(pod)) {
      return false;
    }
    return Pods.isTerminal(pod)
        || (Pods.phase(pod).equals("Running")
            && pod.getSpec().getActiveDeadlineSeconds() == null
            && SimulatedPod.containers(pod).allMatch(ContainerStates::isRunning)
            && runsForEver(pod)
            && !isUnseen(pod)
            && !saysOtherwise(pod));
  }

  /// Whether the pod has been changed since its kubelet reported last.
  static boolean isUnseen(Pod pod) {
    return !Objects.equals(
        pod.getMetadata().getGeneration(), pod.getStatus().getObservedGeneration());
  }

  private static boolean runsForEver(Pod pod) {
    var behaviour = Behaviour.of(pod);
    return Stream.concat(
            pod.getSpec().getContainers().stream()
                .map(c -> Restarts.end(c, false, behaviour) == null),
            Pods.initContainers(pod).stream()
                .filter(Pods::isSidecar)
                .map(c -> Restarts.end(c, true, behaviour) == null))
        .allMatch(endless -> endless);
  }

  /// Whether somebody has said of the pod's readiness something else than its containers and
  /// readiness gates do.
  static boolean saysOtherwise(Pod pod) {
    if (!Pods.phase(pod).equals("Running")) {
      return false;
    }
    if (!SimulatedPod.containers(pod).allMatch(c -> Boolean.TRUE.equals(c.getReady()))) {
      return Pods.isReady(pod);
    }
    var closed = String.join(", ", PodStatuses.closedGates(pod));
    return closed.isEmpty()
        ? !Pods.isReady(pod)
        : Pods.isReady(pod)
            || !Pods.condition(pod, "Ready")
                .map(PodCondition::getMessage)
                .equals(Optional.of(closed));
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
    var deadline = pod.deadline();
    if (deadline == null) {
      return go();
    }
    if (!deadline.isAfter(pod.now())) {
      return fail();
    }
    var plan = go();
    return plan.writes().isEmpty() ? pod.again(plan, deadline) : plan;
  }

  private Plan go() {
    var start = ObjectTimes.parse(pod.status().getStartTime()).plus(pod.behaviour().startAfter());
    if (!pod.behaviour().startAfter().isZero() && start.isAfter(pod.now())) {
      return pod.again(Plan.nothing(), start);
    }
    return pod.behaviour().pullsImages() ? new Turn(pod).plan() : new ImagePull(pod).fail();
  }

  private Plan accept() {
    var plan = pod.report(new PodStatuses(pod.pod(), pod.now()).accepted(pod.hostAddress()));
    return pod.behaviour().mistake() == null
        ? plan
        : plan.note(new Note(true, "InvalidSimulation", pod.behaviour().mistake(), pod.pod()));
  }

  /// It has been active for as long as it may.
  private Plan fail() {
    var reason = "DeadlineExceeded";
    var status =
        new PodStatuses(pod.pod(), pod.now())
            .failed(
                killed(pod.initStatuses()),
                killed(SimulatedPod.containers(pod.pod()).toList()),
                Objects.requireNonNullElse(pod.status().getPodIP(), ""),
                reason);
    status.setMessage(OVERDUE);
    return pod.note(pod.report(status), false, reason, OVERDUE);
  }

  private List<ContainerStatus> killed(List<ContainerStatus> statuses) {
    return statuses.stream()
        .map(s ->
            ContainerStates.isRunning(s) ? ContainerStates.terminated(s, KILLED, pod.now()) : s)
        .toList();
  }
}
