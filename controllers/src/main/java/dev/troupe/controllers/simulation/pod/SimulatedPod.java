package dev.troupe.controllers.simulation.pod;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Note;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One pod on a simulated node at one moment: what it says about itself, and the plans that report
/// something about it.
public final class SimulatedPod {

  private final Pod pod;
  private final PodStatus status;
  private final Behaviour behaviour;
  private final String hostAddress;
  private final Supplier<String> address;
  private final Instant now;

  /// @param address gives the pod an address, or an empty text if there is none left
  public SimulatedPod(Pod pod, String hostAddress, Supplier<String> address, Instant now) {
    this.pod = pod;
    this.status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    this.behaviour = Behaviour.of(pod);
    this.hostAddress = hostAddress;
    this.address = address;
    this.now = now;
  }

  Pod pod() {
    return pod;
  }

  PodStatus status() {
    return status;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  String hostAddress() {
    return hostAddress;
  }

  Instant now() {
    return now;
  }

  List<Container> containers() {
    return pod.getSpec().getContainers();
  }

  PodStatus statuses(
      List<ContainerStatus> init, List<ContainerStatus> containers, String podAddress) {
    return new PodStatuses(pod, now).of(init, containers, podAddress);
  }

  Plan report(PodStatus next) {
    return Plan.nothing()
        .write(
            new Write.Patch(
                Keys.of(pod), "status", Map.of("status", next), pod.getMetadata().getUid(), null));
  }

  Plan noteStart(Plan plan, Container container) {
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

  Plan note(Plan plan, boolean warning, String reason, String message) {
    return plan.note(new Note(warning, reason, message, pod));
  }

  /// A timer that runs is not set anew: another moment needs another one.
  Plan again(Plan plan, Instant moment) {
    return plan.timer("next-" + moment.toEpochMilli(), ObjectTimes.until(moment, now));
  }

  /// When the pod has been active for as long as it may; null if there is no limit.
  @Nullable Instant deadline() {
    var seconds = pod.getSpec().getActiveDeadlineSeconds();
    return seconds == null || status.getStartTime() == null
        ? null
        : ObjectTimes.later(
            ObjectTimes.parse(status.getStartTime()), Duration.ofSeconds(Math.max(0, seconds)));
  }

  String podAddress() {
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      return hostAddress;
    }
    return status.getPodIP() == null ? address.get() : status.getPodIP();
  }

  List<ContainerStatus> initStatuses() {
    var init = status.getInitContainerStatuses();
    return init == null ? List.of() : init;
  }

  ContainerStatus statusOf(Container container) {
    return allContainers(pod)
        .filter(c -> c.getName().equals(container.getName()))
        .findFirst()
        .orElseThrow();
  }

  static Stream<ContainerStatus> containers(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getContainerStatuses() == null
        ? Stream.empty()
        : status.getContainerStatuses().stream();
  }

  static Stream<ContainerStatus> allContainers(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getInitContainerStatuses() == null
        ? containers(pod)
        : Stream.concat(status.getInitContainerStatuses().stream(), containers(pod));
  }
}
