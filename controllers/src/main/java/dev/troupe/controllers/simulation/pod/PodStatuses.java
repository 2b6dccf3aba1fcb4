package dev.troupe.controllers.simulation.pod;

import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.PodConditions;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pod's status as a kubelet reports it: what its containers are in, the phase and the conditions
/// that follow from that.
public final class PodStatuses {

  private final Pod pod;
  private final Instant now;

  PodStatuses(Pod pod, Instant now) {
    this.pod = pod;
    this.now = now;
  }

  /// The status right after the kubelet has taken the pod over: nothing runs.
  PodStatus accepted(String hostAddress) {
    boolean hasInit = !Pods.initContainers(pod).isEmpty();
    var status =
        of(
            map(Pods.initContainers(pod), c -> ContainerStates.waiting(c, "PodInitializing", null)),
            map(
                pod.getSpec().getContainers(),
                c ->
                    ContainerStates.waiting(
                        c, hasInit ? "PodInitializing" : "ContainerCreating", null)),
            "");
    status.setHostIP(hostAddress);
    status.setHostIPs(List.of(new HostIP(hostAddress)));
    status.setStartTime(ObjectTimes.format(now));
    return status;
  }

  /// The status with these containers.
  PodStatus of(List<ContainerStatus> init, List<ContainerStatus> containers, String address) {
    var phase = phase(init, containers);
    return of(phase, init, containers, address);
  }

  /// The status of a pod that has failed as a whole.
  PodStatus failed(
      List<ContainerStatus> init, List<ContainerStatus> containers, String address, String reason) {
    var status = of("Failed", init, containers, address);
    status.setReason(reason);
    return status;
  }

  private PodStatus of(
      String phase, List<ContainerStatus> init, List<ContainerStatus> containers, String address) {
    var status = new PodStatus();
    status.setPhase(phase);
    status.setObservedGeneration(pod.getMetadata().getGeneration());
    status.setInitContainerStatuses(init);
    status.setContainerStatuses(containers);
    if (!address.isEmpty()) {
      status.setPodIP(address);
      status.setPodIPs(List.of(new PodIP(address)));
    }
    status.setConditions(conditions(phase, init, containers, address));
    return status;
  }

  private String phase(List<ContainerStatus> init, List<ContainerStatus> containers) {
    if (init.stream().anyMatch(this::hasFailedForGood)) {
      return "Failed";
    }
    if (!containers.isEmpty() && containers.stream().allMatch(ContainerStates::isTerminated)) {
      return containers.stream().allMatch(c -> c.getState().getTerminated().getExitCode() == 0)
          ? "Succeeded"
          : "Failed";
    }
    boolean began =
        containers.stream()
            .anyMatch(c ->
                c.getState().getWaiting() == null
                    || (c.getLastState() != null && c.getLastState().getTerminated() != null));
    return began ? "Running" : "Pending";
  }

  /// One that is to run again waits.
  private boolean hasFailedForGood(ContainerStatus init) {
    return ContainerStates.isTerminated(init)
        && init.getState().getTerminated().getExitCode() != 0
        && Pods.initContainers(pod).stream()
            .noneMatch(c -> c.getName().equals(init.getName()) && Pods.isSidecar(c));
  }

  private List<PodCondition> conditions(
      String phase, List<ContainerStatus> init, List<ContainerStatus> containers, String address) {
    var conditions = new ArrayList<PodCondition>();
    boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
    conditions.add(
        condition("PodReadyToStartContainers", !address.isEmpty() && !ended, null, null));
    var uninitialized = names(init, c -> !Boolean.TRUE.equals(c.getReady()));
    conditions.add(
        uninitialized.isEmpty() || ended
            ? condition("Initialized", true, ended ? "PodCompleted" : null, null)
            : condition(
                "Initialized",
                false,
                "ContainersNotInitialized",
                "containers with incomplete status: " + uninitialized));
    conditions.add(readiness("Ready", phase, containers, closedGates(pod)));
    conditions.add(readiness("ContainersReady", phase, containers, List.of()));
    conditions.add(condition("PodScheduled", true, null, null));
    others(conditions).forEach(conditions::add);
    return conditions;
  }

  private PodCondition readiness(
      String type, String phase, List<ContainerStatus> containers, List<String> closedGates) {
    var unready = names(containers, c -> !Boolean.TRUE.equals(c.getReady()));
    if (phase.equals("Succeeded")) {
      return condition(type, false, "PodCompleted", null);
    }
    if (phase.equals("Failed")) {
      return condition(type, false, "PodFailed", null);
    }
    if (!unready.isEmpty()) {
      return condition(
          type, false, "ContainersNotReady", "containers with unready status: " + unready);
    }
    return closedGates.isEmpty()
        ? condition(type, true, null, null)
        : condition(type, false, "ReadinessGatesNotReady", String.join(", ", closedGates));
  }

  /// Why the pod is not ready although its containers are: conditions that it waits for.
  static List<String> closedGates(Pod pod) {
    var gates = pod.getSpec().getReadinessGates();
    return gates == null
        ? List.of()
        : gates.stream()
            .map(PodReadinessGate::getConditionType)
            .flatMap(type -> closed(type, Pods.condition(pod, type)).stream())
            .toList();
  }

  private static Optional<String> closed(String type, Optional<PodCondition> condition) {
    if (condition.isEmpty()) {
      return Optional.of(
          "corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
    }
    var status = condition.get().getStatus();
    return status.equals("True")
        ? Optional.empty()
        : Optional.of(
            "the status of pod readiness gate \"" + type + "\" is not \"True\", but " + status);
  }

  /// Conditions that are not the kubelet's own stay.
  private List<PodCondition> others(List<PodCondition> own) {
    var types = own.stream().map(PodCondition::getType).toList();
    return present().filter(c -> !types.contains(c.getType())).toList();
  }

  private PodCondition condition(
      String type, boolean status, @Nullable String reason, @Nullable String message) {
    return PodConditions.condition(pod, type, status ? "True" : "False", reason, message, now);
  }

  private Stream<PodCondition> present() {
    var status = pod.getStatus();
    return status == null || status.getConditions() == null
        ? Stream.empty()
        : status.getConditions().stream();
  }

  /// The names as Kubernetes' messages have them: `[a b]`.
  private static String names(
      List<ContainerStatus> containers, Predicate<ContainerStatus> condition) {
    var names = containers.stream().filter(condition).map(ContainerStatus::getName).toList();
    return names.isEmpty() ? "" : names.stream().collect(Collectors.joining(" ", "[", "]"));
  }

  private static List<ContainerStatus> map(
      List<Container> containers, Function<Container, ContainerStatus> status) {
    return containers.stream().map(status).toList();
  }
}
