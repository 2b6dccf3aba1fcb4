package dev.troupe.controllers.simulation.pod;

import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.simulation.command.Script;
import dev.troupe.controllers.simulation.command.Script.End;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// When the containers of a pod end by themselves, and whether and when they start again.
final class Restarts {

  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LAST_BACK_OFF = Duration.ofMinutes(5);

  /// Whoever has run for so long has recovered.
  private static final Duration RECOVERED = Duration.ofMinutes(10);

  private final SimulatedPod pod;

  Restarts(SimulatedPod pod) {
    this.pod = pod;
  }

  /// How a container ends by itself; null if it does not. Init containers always do: others wait
  /// for them.
  static @Nullable End end(Container container, boolean init, Behaviour behaviour) {
    if (!init && behaviour.exit() != null) {
      return behaviour.exit();
    }
    var end = Script.of(container).end();
    return end == null && init && !Pods.isSidecar(container) ? new End(0, Duration.ZERO) : end;
  }

  /// The container as it is now, if it has ended or is started meanwhile.
  ContainerStatus next(Container container, boolean init) {
    var current = pod.statusOf(container);
    var due = due(container, init);
    if (due == null || due.isAfter(pod.now())) {
      return current;
    }
    if (!ContainerStates.isRunning(current)) {
      return started(container, init, current);
    }
    if (isChanged(container, current)) {
      return started(container, init, ContainerStates.replaced(current, pod.now()));
    }
    var end = end(container, init, pod.behaviour());
    return end == null ? current : ended(container, init, current, end.code());
  }

  /// When something will happen to the container by itself; null if nothing will.
  @Nullable Instant due(Container container, boolean init) {
    var current = pod.statusOf(container);
    if (isChanged(container, current)) {
      return pod.now();
    }
    if (ContainerStates.isRunning(current)) {
      var end = end(container, init, pod.behaviour());
      return end == null
          ? null
          : ObjectTimes.later(ContainerStates.startedAt(current), end.after());
    }
    if (!ContainerStates.isWaiting(current)) {
      return null;
    }
    var last = ContainerStates.lastEnd(current);
    return last == null
        ? pod.now()
        : ObjectTimes.parse(last.getFinishedAt()).plus(backOff(current));
  }

  /// Whether a container runs another image than it is to: that is all that may change of it.
  static boolean isChanged(Container container, ContainerStatus status) {
    return ContainerStates.isRunning(status)
        && !Objects.equals(container.getImage(), status.getImage());
  }

  private ContainerStatus started(Container container, boolean init, ContainerStatus before) {
    boolean again = ContainerStates.lastEnd(before) != null;
    boolean ready = init ? Pods.isSidecar(container) : pod.behaviour().becomesReady();
    int restarts = ContainerStates.restarts(before) + (again ? 1 : 0);
    var running = ContainerStates.running(pod.pod(), container, ready, restarts, pod.now());
    running.setLastState(before.getLastState());
    return running;
  }

  private ContainerStatus ended(
      Container container, boolean init, ContainerStatus running, int code) {
    if (!restarts(container, init, code)) {
      var ended = ContainerStates.terminated(running, code, pod.now());
      ended.setReady(init && code == 0);
      return ended;
    }
    var message =
        "back-off "
            + inWords(backOff(running))
            + " restarting failed container="
            + running.getName()
            + " pod="
            + inWords();
    return ContainerStates.backingOff(running, code, pod.now(), message);
  }

  private String inWords() {
    var metadata = pod.pod().getMetadata();
    return metadata.getName() + "_" + metadata.getNamespace() + "(" + metadata.getUid() + ")";
  }

  /// What is said of a container that waits to be started again.
  String backOffMessage(Container container) {
    return "Back-off restarting failed container " + container.getName() + " in pod " + inWords();
  }

  /// A container may say itself what else its pod says. An init container that has done its work is
  /// not started again.
  private boolean restarts(Container container, boolean init, int code) {
    var policy =
        container.getRestartPolicy() == null
            ? String.valueOf(pod.pod().getSpec().getRestartPolicy())
            : container.getRestartPolicy();
    return switch (policy) {
      case "Never" -> false;
      case "OnFailure" -> code != 0;
      default -> code != 0 || !init || Pods.isSidecar(container);
    };
  }

  /// Doubles with each restart.
  private Duration backOff(ContainerStatus container) {
    if (ranFor(container).compareTo(RECOVERED) >= 0) {
      return FIRST_BACK_OFF;
    }
    int doublings = Math.min(10, ContainerStates.restarts(container));
    var time = FIRST_BACK_OFF.multipliedBy(1L << doublings);
    return time.compareTo(LAST_BACK_OFF) > 0 ? LAST_BACK_OFF : time;
  }

  private Duration ranFor(ContainerStatus container) {
    if (ContainerStates.isRunning(container)) {
      return Duration.between(ContainerStates.startedAt(container), pod.now());
    }
    var last = ContainerStates.lastEnd(container);
    return last == null
        ? Duration.ZERO
        : Duration.between(
            ObjectTimes.parse(last.getStartedAt()), ObjectTimes.parse(last.getFinishedAt()));
  }

  private static String inWords(Duration time) {
    long minutes = time.toMinutes();
    return minutes == 0 ? time.toSeconds() + "s" : minutes + "m" + time.toSecondsPart() + "s";
  }
}
