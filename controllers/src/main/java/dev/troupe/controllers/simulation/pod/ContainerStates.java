package dev.troupe.controllers.simulation.pod;

import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The status of one container at each turn of its life.
public final class ContainerStates {

  private ContainerStates() {}

  static ContainerStatus waiting(Container container, String reason, @Nullable String message) {
    var state =
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build();
    var status = status(container, state, false, 0);
    status.setImageID("");
    status.setStarted(false);
    return status;
  }

  static ContainerStatus running(
      Pod pod, Container container, boolean ready, int restarts, Instant now) {
    var state =
        new ContainerStateBuilder()
            .withNewRunning()
            .withStartedAt(ObjectTimes.format(now))
            .endRunning()
            .build();
    var status = status(container, state, ready, restarts);
    identify(status, pod);
    status.setStarted(true);
    return status;
  }

  /// The running container, ended now.
  public static ContainerStatus terminated(ContainerStatus running, int exitCode, Instant now) {
    var ended = copy(running);
    ended.setState(new ContainerStateBuilder().withTerminated(end(running, exitCode, now)).build());
    ended.setReady(false);
    ended.setStarted(false);
    return ended;
  }

  /// The running container, ended now and waiting to be started again.
  static ContainerStatus backingOff(
      ContainerStatus running, int exitCode, Instant now, String message) {
    var waiting = copy(running);
    waiting.setState(
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason("CrashLoopBackOff")
            .withMessage(message)
            .endWaiting()
            .build());
    waiting.setLastState(
        new ContainerStateBuilder().withTerminated(end(running, exitCode, now)).build());
    waiting.setReady(false);
    waiting.setStarted(false);
    return waiting;
  }

  /// The running container, ended now because it is to be another one.
  static ContainerStatus replaced(ContainerStatus running, Instant now) {
    var replaced = copy(running);
    replaced.setState(new ContainerState());
    replaced.setLastState(new ContainerStateBuilder().withTerminated(end(running, 0, now)).build());
    return replaced;
  }

  static boolean isWaiting(ContainerStatus status) {
    return status.getState() != null && status.getState().getWaiting() != null;
  }

  /// How it ended last, if it has ended and is to run again.
  static @Nullable ContainerStateTerminated lastEnd(ContainerStatus status) {
    return status.getLastState() == null ? null : status.getLastState().getTerminated();
  }

  static boolean isRunning(ContainerStatus status) {
    return status.getState() != null && status.getState().getRunning() != null;
  }

  static boolean isTerminated(ContainerStatus status) {
    return status.getState() != null && status.getState().getTerminated() != null;
  }

  static Instant startedAt(ContainerStatus running) {
    return ObjectTimes.parse(running.getState().getRunning().getStartedAt());
  }

  static int restarts(ContainerStatus status) {
    return status.getRestartCount() == null ? 0 : status.getRestartCount();
  }

  private static ContainerStateTerminated end(ContainerStatus running, int code, Instant now) {
    var end = new ContainerStateTerminated();
    end.setExitCode(code);
    end.setReason(code == 0 ? "Completed" : "Error");
    end.setStartedAt(running.getState().getRunning().getStartedAt());
    end.setFinishedAt(ObjectTimes.format(now));
    end.setContainerID(running.getContainerID());
    return end;
  }

  private static ContainerStatus status(
      Container container, ContainerState state, boolean ready, int restarts) {
    var status = new ContainerStatus();
    status.setName(container.getName());
    status.setImage(container.getImage());
    status.setState(state);
    status.setLastState(new ContainerState());
    status.setReady(ready);
    status.setRestartCount(restarts);
    return status;
  }

  private static void identify(ContainerStatus status, Pod pod) {
    var image = status.getImage() == null ? "" : status.getImage();
    status.setContainerID(
        "simulated://"
            + Digests.hex(
                pod.getMetadata().getUid()
                    + "/"
                    + status.getName()
                    + "/"
                    + status.getRestartCount()));
    status.setImageID(image + "@sha256:" + Digests.hex(image));
  }

  private static ContainerStatus copy(ContainerStatus status) {
    return new ContainerStatusBuilder(status).build();
  }

  static boolean isWaiting(ContainerStatus container, String reason) {
    var waiting = container.getState().getWaiting();
    return waiting != null && reason.equals(waiting.getReason());
  }
}
