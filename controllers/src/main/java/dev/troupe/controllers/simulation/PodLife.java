package dev.troupe.controllers.simulation;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.api.controller.Plan.Propagation;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.Json;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.objects.Times;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The next step in the life of one pod on a simulated node: taken over, init containers one after
/// the other, containers started, ended and started again, stopped. Each step is one status.
final class PodLife {

  private static final String TIMER = "next";
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LAST_BACK_OFF = Duration.ofMinutes(5);
  private static final Duration PULL_RETRY = Duration.ofSeconds(10);

  private final Pod pod;
  private final PodStatus status;
  private final Behaviour behaviour;
  private final String hostAddress;
  private final Supplier<String> address;
  private final Instant now;

  /// @param address gives the pod an address, or an empty text if there is none left
  PodLife(Pod pod, String hostAddress, Supplier<String> address, Instant now) {
    this.pod = pod;
    this.status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    this.behaviour = Behaviour.of(pod);
    this.hostAddress = hostAddress;
    this.address = address;
    this.now = now;
  }

  /// Whether nothing will happen unless the pod changes.
  static boolean isAtRest(Pod pod) {
    if (Pods.isTerminating(pod)) {
      return false;
    }
    var behaviour = Behaviour.of(pod);
    return Pods.isTerminal(pod)
        || (behaviour.exit() == null
            && Pods.phase(pod).equals("Running")
            && containers(pod).allMatch(ContainerStates::isRunning));
  }

  Plan next() {
    if (Pods.isTerminating(pod)) {
      return stop();
    }
    if (Pods.isTerminal(pod)) {
      return Plan.nothing();
    }
    if (status.getStartTime() == null) {
      return accept();
    }
    var start = Times.parse(status.getStartTime()).plus(behaviour.startAfter());
    if (!behaviour.startAfter().isZero() && start.isAfter(now)) {
      return again(Plan.nothing(), start);
    }
    if (!behaviour.pullsImages()) {
      return failToPull();
    }
    int pending = firstPendingInit();
    if (pending >= 0) {
      return runInit(pending);
    }
    return containers(pod).anyMatch(c -> ContainerStates.isRunning(c) || hasRun(c))
        ? continueRunning()
        : start();
  }

  private Plan accept() {
    var plan = report(new PodStatuses(pod, now).accepted(hostAddress));
    return behaviour.mistake() == null
        ? plan
        : plan.note(new Note(true, "InvalidSimulation", behaviour.mistake(), pod));
  }

  private Plan runInit(int index) {
    var init = new ArrayList<>(status.getInitContainerStatuses());
    var container = PodStatuses.initContainers(pod).get(index);
    init.set(
        index,
        isSidecar(container)
            ? ContainerStates.running(pod, container, true, 0, now)
            : ContainerStates.completed(pod, container, now));
    var plan = report(statuses(init, status.getContainerStatuses(), podAddress()));
    return noteStart(plan, container);
  }

  private Plan start() {
    var ip = podAddress();
    if (ip.isEmpty()) {
      return again(
          Plan.nothing().waitFor("pod address", "the node's pod range is used up"),
          now.plusSeconds(5));
    }
    var containers =
        pod.getSpec().getContainers().stream()
            .map(c -> ContainerStates.running(pod, c, behaviour.becomesReady(), 0, now))
            .toList();
    var plan = report(statuses(initStatuses(), containers, ip));
    for (var container : pod.getSpec().getContainers()) {
      plan = noteStart(plan, container);
    }
    return plan;
  }

  /// Ends containers whose time is over and starts those again whose back-off is.
  private Plan continueRunning() {
    var exit = behaviour.exit();
    if (exit == null) {
      return Plan.nothing();
    }
    var containers = new ArrayList<ContainerStatus>();
    var started = new ArrayList<Container>();
    var next = Instant.MAX;
    for (var container : pod.getSpec().getContainers()) {
      var current = statusOf(container);
      if (ContainerStates.isRunning(current)) {
        var end = ContainerStates.startedAt(current).plus(exit.after());
        boolean over = !end.isAfter(now);
        containers.add(over ? end(current, exit.code()) : current);
        next = over || end.isAfter(next) ? next : end;
      } else if (current.getState().getWaiting() != null) {
        var restart = finishedAt(current).plus(backOff(current));
        if (restart.isAfter(now)) {
          containers.add(current);
          next = restart.isBefore(next) ? restart : next;
        } else {
          containers.add(restarted(container, current));
          started.add(container);
        }
      } else {
        containers.add(current);
      }
    }
    if (containers.equals(status.getContainerStatuses())) {
      return next.equals(Instant.MAX) ? Plan.nothing() : again(Plan.nothing(), next);
    }
    var plan = report(statuses(initStatuses(), containers, podAddress()));
    for (var container : started) {
      plan = noteStart(plan, container);
    }
    return noteBackOff(plan, containers);
  }

  private ContainerStatus end(ContainerStatus running, int code) {
    return restarts(code)
        ? ContainerStates.backingOff(
            running,
            code,
            now,
            "back-off "
                + inWords(backOff(running))
                + " restarting failed container="
                + running.getName()
                + " pod="
                + pod.getMetadata().getName()
                + "_"
                + pod.getMetadata().getNamespace()
                + "("
                + pod.getMetadata().getUid()
                + ")")
        : ContainerStates.terminated(running, code, now);
  }

  private ContainerStatus restarted(Container container, ContainerStatus before) {
    var running =
        ContainerStates.running(
            pod, container, behaviour.becomesReady(), ContainerStates.restarts(before) + 1, now);
    running.setLastState(before.getLastState());
    return running;
  }

  private Plan failToPull() {
    boolean backsOff =
        containers(pod)
            .anyMatch(c -> isWaiting(c, "ErrImagePull") || isWaiting(c, "ImagePullBackOff"));
    var start = Times.parse(status.getStartTime());
    if (backsOff && containers(pod).anyMatch(c -> isWaiting(c, "ImagePullBackOff"))) {
      return Plan.nothing();
    }
    if (backsOff && start.plus(PULL_RETRY).isAfter(now)) {
      return again(Plan.nothing(), start.plus(PULL_RETRY));
    }
    var reason = backsOff ? "ImagePullBackOff" : "ErrImagePull";
    var containers =
        pod.getSpec().getContainers().stream()
            .map(c -> ContainerStates.waiting(c, reason, pullMessage(c, backsOff)))
            .toList();
    var plan = report(statuses(initStatuses(), containers, podAddress()));
    for (var container : pod.getSpec().getContainers()) {
      if (backsOff) {
        plan = note(plan, false, "BackOff", pullMessage(container, true));
      } else {
        plan = note(plan, false, "Pulling", "Pulling image \"" + container.getImage() + "\"");
        plan = note(plan, true, "Failed", pullMessage(container, false));
      }
      plan = note(plan, true, "Failed", "Error: " + reason);
    }
    return plan;
  }

  private static String pullMessage(Container container, boolean backsOff) {
    return backsOff
        ? "Back-off pulling image \"" + container.getImage() + "\""
        : "Failed to pull image \"" + container.getImage() + "\": simulated failure";
  }

  private Plan stop() {
    var grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    var graceTime = Duration.ofSeconds(grace == null ? 0 : grace);
    var asked = Times.parse(pod.getMetadata().getDeletionTimestamp()).minus(graceTime);
    boolean runs = allContainers(pod).anyMatch(ContainerStates::isRunning);
    var time = behaviour.stopAfter().compareTo(graceTime) < 0 ? behaviour.stopAfter() : graceTime;
    var end = asked.plus(time);
    if (runs && end.isAfter(now)) {
      return again(Plan.nothing().waitFor("containers", "they are stopping"), end);
    }
    if (!runs && graceTime.isZero()) {
      return Plan.nothing(); // Only finalizers hold it.
    }
    var plan = Plan.nothing();
    if (runs) {
      plan = report(statuses(ended(initStatuses()), ended(containers(pod).toList()), podAddress()));
      for (var container : pod.getSpec().getContainers()) {
        plan = note(plan, false, "Killing", "Stopping container " + container.getName());
      }
    }
    return plan.write(
        new Write.Delete(
            Keys.of(pod), pod.getMetadata().getUid(), null, 0L, Propagation.BACKGROUND));
  }

  private List<ContainerStatus> ended(List<ContainerStatus> statuses) {
    return statuses.stream()
        .map(s -> ContainerStates.isRunning(s) ? ContainerStates.terminated(s, 0, now) : s)
        .toList();
  }

  private PodStatus statuses(
      List<ContainerStatus> init, List<ContainerStatus> containers, String podAddress) {
    return new PodStatuses(pod, now).of(init, containers, podAddress);
  }

  private Plan report(PodStatus next) {
    return Plan.nothing()
        .write(
            new Write.Patch(
                Keys.of(pod),
                "status",
                Map.of("status", Json.fields(next)),
                pod.getMetadata().getUid(),
                null));
  }

  private Plan noteStart(Plan plan, Container container) {
    var name = container.getName();
    plan =
        note(
            plan,
            false,
            "Pulled",
            "Container image \"" + container.getImage() + "\" already present on machine");
    plan = note(plan, false, "Created", "Created container: " + name);
    return note(plan, false, "Started", "Started container " + name);
  }

  private Plan noteBackOff(Plan plan, List<ContainerStatus> containers) {
    for (var container : containers) {
      if (isWaiting(container, "CrashLoopBackOff")
          && !container.equals(statusNamed(container.getName()))) {
        plan =
            note(
                plan,
                true,
                "BackOff",
                "Back-off restarting failed container "
                    + container.getName()
                    + " in pod "
                    + pod.getMetadata().getName()
                    + "_"
                    + pod.getMetadata().getNamespace()
                    + "("
                    + pod.getMetadata().getUid()
                    + ")");
      }
    }
    return plan;
  }

  private Plan note(Plan plan, boolean warning, String reason, String message) {
    return plan.note(new Note(warning, reason, message, pod));
  }

  private Plan again(Plan plan, Instant moment) {
    return plan.timer(TIMER, Times.until(moment, now));
  }

  private String podAddress() {
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      return hostAddress;
    }
    return status.getPodIP() == null ? address.get() : status.getPodIP();
  }

  private int firstPendingInit() {
    var init = initStatuses();
    for (int i = 0; i < init.size(); i++) {
      if (init.get(i).getState().getWaiting() != null) {
        return i;
      }
    }
    return -1;
  }

  private boolean restarts(int code) {
    return switch (String.valueOf(pod.getSpec().getRestartPolicy())) {
      case "Never" -> false;
      case "OnFailure" -> code != 0;
      default -> true;
    };
  }

  private List<ContainerStatus> initStatuses() {
    var init = status.getInitContainerStatuses();
    return init == null ? List.of() : init;
  }

  private ContainerStatus statusOf(Container container) {
    return statusNamed(container.getName());
  }

  private ContainerStatus statusNamed(String name) {
    return containers(pod).filter(c -> c.getName().equals(name)).findFirst().orElseThrow();
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getContainerStatuses() == null
        ? Stream.empty()
        : status.getContainerStatuses().stream();
  }

  private static Stream<ContainerStatus> allContainers(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getInitContainerStatuses() == null
        ? containers(pod)
        : Stream.concat(status.getInitContainerStatuses().stream(), containers(pod));
  }

  private static boolean hasRun(ContainerStatus container) {
    return ContainerStates.isTerminated(container)
        || (container.getLastState() != null && container.getLastState().getTerminated() != null);
  }

  private static boolean isWaiting(ContainerStatus container, String reason) {
    var waiting = container.getState().getWaiting();
    return waiting != null && reason.equals(waiting.getReason());
  }

  private static boolean isSidecar(Container container) {
    return "Always".equals(container.getRestartPolicy());
  }

  private static Instant finishedAt(ContainerStatus waiting) {
    return Times.parse(waiting.getLastState().getTerminated().getFinishedAt());
  }

  /// Doubles with each restart.
  private static Duration backOff(ContainerStatus container) {
    int doublings = Math.min(10, ContainerStates.restarts(container));
    var time = FIRST_BACK_OFF.multipliedBy(1L << doublings);
    return time.compareTo(LAST_BACK_OFF) > 0 ? LAST_BACK_OFF : time;
  }

  private static String inWords(Duration time) {
    long minutes = time.toMinutes();
    return minutes == 0 ? time.toSeconds() + "s" : minutes + "m" + time.toSecondsPart() + "s";
  }
}
