package dev.troupe.controllers.simulation.pod;

import dev.troupe.api.controller.Plan;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The containers of a pod that are to end, and to start again after a back-off.
final class Restarts {

  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LAST_BACK_OFF = Duration.ofMinutes(5);

  private final SimulatedPod pod;

  Restarts(SimulatedPod pod) {
    this.pod = pod;
  }

  /// Ends containers whose time is over and starts those again whose back-off is.
  Plan next() {
    var exit = pod.behaviour().exit();
    if (exit == null) {
      return Plan.nothing();
    }
    var containers = new ArrayList<ContainerStatus>();
    var started = new ArrayList<Container>();
    var next = Instant.MAX;
    for (var container : pod.containers()) {
      var current = pod.statusOf(container);
      if (ContainerStates.isRunning(current)) {
        var end = ContainerStates.startedAt(current).plus(exit.after());
        boolean over = !end.isAfter(pod.now());
        containers.add(over ? end(current, exit.code()) : current);
        next = over || end.isAfter(next) ? next : end;
      } else if (current.getState().getWaiting() != null) {
        var restart = finishedAt(current).plus(backOff(current));
        if (restart.isAfter(pod.now())) {
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
    if (containers.equals(pod.status().getContainerStatuses())) {
      return next.equals(Instant.MAX) ? Plan.nothing() : pod.again(Plan.nothing(), next);
    }
    var plan = pod.report(pod.statuses(pod.initStatuses(), containers, pod.podAddress()));
    for (var container : started) {
      plan = pod.noteStart(plan, container);
    }
    return noteBackOff(plan, containers);
  }

  private ContainerStatus end(ContainerStatus running, int code) {
    return restarts(code)
        ? ContainerStates.backingOff(
            running,
            code,
            pod.now(),
            "back-off "
                + inWords(backOff(running))
                + " restarting failed container="
                + running.getName()
                + " pod="
                + pod.pod().getMetadata().getName()
                + "_"
                + pod.pod().getMetadata().getNamespace()
                + "("
                + pod.pod().getMetadata().getUid()
                + ")")
        : ContainerStates.terminated(running, code, pod.now());
  }

  private ContainerStatus restarted(Container container, ContainerStatus before) {
    var running =
        ContainerStates.running(
            pod.pod(),
            container,
            pod.behaviour().becomesReady(),
            ContainerStates.restarts(before) + 1,
            pod.now());
    running.setLastState(before.getLastState());
    return running;
  }

  private Plan noteBackOff(Plan plan, List<ContainerStatus> containers) {
    for (var container : containers) {
      if (ContainerStates.isWaiting(container, "CrashLoopBackOff")
          && !container.equals(pod.statusNamed(container.getName()))) {
        plan =
            pod.note(
                plan,
                true,
                "BackOff",
                "Back-off restarting failed container "
                    + container.getName()
                    + " in pod "
                    + pod.pod().getMetadata().getName()
                    + "_"
                    + pod.pod().getMetadata().getNamespace()
                    + "("
                    + pod.pod().getMetadata().getUid()
                    + ")");
      }
    }
    return plan;
  }

  private boolean restarts(int code) {
    return switch (String.valueOf(pod.pod().getSpec().getRestartPolicy())) {
      case "Never" -> false;
      case "OnFailure" -> code != 0;
      default -> true;
    };
  }

  private static Instant finishedAt(ContainerStatus waiting) {
    return ObjectTimes.parse(waiting.getLastState().getTerminated().getFinishedAt());
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
