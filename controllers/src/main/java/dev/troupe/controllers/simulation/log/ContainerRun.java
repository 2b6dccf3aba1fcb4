package dev.troupe.controllers.simulation.log;

import dev.troupe.api.controller.PodLogs.Line;
import dev.troupe.api.controller.PodLogs.NoSuchContainerException;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.simulation.command.Script;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One run of a simulated container, and the lines that it would have written: they follow from the
/// pod's status and the time, so that none is stored. Their times rise from line to line.
///
/// @param end null while it runs
record ContainerRun(
    Pod pod, Container container, Instant start, @Nullable ContainerStateTerminated end) {

  /// How many lines are kept at most; older ones are forgotten.
  static final int MOST_LINES = 1_000;

  private static final Duration PULSE = Duration.ofSeconds(10);

  /// Status tells times in whole seconds: what has ended did so within the one that is told.
  private static final Duration WHOLE = Duration.ofSeconds(1);

  /// @param previous the run before the present one
  /// @throws NoSuchContainerException if there is none
  static ContainerRun of(Pod pod, String name, boolean previous) {
    var container = container(pod, name);
    var status = status(pod, name);
    if (previous) {
      var former = former(status);
      if (former == null) {
        throw new NoSuchContainerException(
            "previous terminated container " + inWords(pod, name) + " not found");
      }
      return ended(pod, container, former);
    }
    var state = status == null ? null : status.getState();
    if (state != null && state.getRunning() != null) {
      var start = ObjectTimes.parse(state.getRunning().getStartedAt());
      return new ContainerRun(pod, container, start, null);
    }
    var end = state == null ? null : state.getTerminated();
    if (end == null && state != null) {
      end = former(status);
    }
    if (end == null) {
      throw new NoSuchContainerException(
          "container " + inWords(pod, name) + " is waiting to start: " + reason(status));
    }
    return ended(pod, container, end);
  }

  private static ContainerRun ended(Pod pod, Container container, ContainerStateTerminated end) {
    return new ContainerRun(pod, container, ObjectTimes.parse(end.getStartedAt()), end);
  }

  /// Whether it is this run that `other` shows, perhaps later.
  boolean isSame(ContainerRun other) {
    return start.equals(other.start)
        && pod.getMetadata().getUid().equals(other.pod.getMetadata().getUid());
  }

  /// What it has written by `now`: what its command says, or what one that is not known might.
  List<Line> lines(Instant now) {
    var script = Script.of(container);
    var last = end == null ? now : ObjectTimes.parse(end.getFinishedAt());
    var lines = new ArrayList<Line>();
    if (script.end() == null) {
      greet(lines);
    }
    var until = end == null ? last : last.plus(WHOLE).minusNanos(1);
    for (var saying : script.sayings()) {
      var time = start.plus(saying.at());
      if (!time.isAfter(until)) {
        lines.add(new Line(time.plusMillis(lines.size()), saying.text()));
      }
    }
    if (script.end() == null) {
      live(lines, last);
    }
    return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
  }

  private void greet(List<Line> lines) {
    add(lines, "simulated container " + container.getName() + " of " + container.getImage());
    add(lines, "started on " + Pods.nodeName(pod) + ", address " + address());
    if (container.getPorts() != null) {
      container.getPorts().forEach(port -> add(lines, "listening on " + port.getContainerPort()));
    }
  }

  private void live(List<Line> lines, Instant last) {
    var begin = lines.getLast().time();
    long pulses = Math.max(0, Duration.between(start, last).dividedBy(PULSE));
    for (long pulse = Math.max(1, pulses - MOST_LINES); pulse <= pulses; pulse++) {
      var age = PULSE.multipliedBy(pulse);
      if (start.plus(age).isAfter(begin)) {
        lines.add(new Line(start.plus(age), "alive for " + age.toSeconds() + " s"));
      }
    }
    if (end != null) {
      var earliest = lines.getLast().time().plusMillis(1);
      lines.add(
          new Line(
              last.isBefore(earliest) ? earliest : last,
              end.getExitCode() == 0 ? "done" : "failed with exit code " + end.getExitCode()));
    }
  }

  private void add(List<Line> lines, String text) {
    lines.add(new Line(start.plusMillis(lines.size()), text));
  }

  private String address() {
    var address = pod.getStatus().getPodIP();
    return address == null ? "none" : address;
  }

  private static String inWords(Pod pod, String name) {
    return "\"" + name + "\" in pod \"" + pod.getMetadata().getName() + "\"";
  }

  private static Container container(Pod pod, String name) {
    return Stream.concat(Pods.initContainers(pod).stream(), pod.getSpec().getContainers().stream())
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new NoSuchContainerException(
                "container " + name + " is not valid for pod " + pod.getMetadata().getName()));
  }

  /// How the run before the present one ended, if there was one.
  private static @Nullable ContainerStateTerminated former(@Nullable ContainerStatus status) {
    return status == null || status.getLastState() == null
        ? null
        : status.getLastState().getTerminated();
  }

  private static String reason(@Nullable ContainerStatus status) {
    var waiting =
        status == null || status.getState() == null ? null : status.getState().getWaiting();
    return waiting == null ? "ContainerCreating" : waiting.getReason();
  }

  private static @Nullable ContainerStatus status(Pod pod, String name) {
    var status = pod.getStatus();
    if (status == null) {
      return null;
    }
    return Stream.concat(
            Stream.ofNullable(status.getInitContainerStatuses()).flatMap(List::stream),
            Stream.ofNullable(status.getContainerStatuses()).flatMap(List::stream))
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
