package dev.troupe.controllers.objects;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the state of a pod means to those who count pods.
public final class Pods {

  private Pods() {}

  /// `Pending` where the pod has no phase yet.
  public static String phase(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getPhase() == null ? "Pending" : status.getPhase();
  }

  public static boolean isTerminal(Pod pod) {
    return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
  }

  public static boolean isTerminating(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /// Neither ended nor ending.
  public static boolean isActive(Pod pod) {
    return !isTerminal(pod) && !isTerminating(pod);
  }

  public static Optional<PodCondition> condition(Pod pod, String type) {
    var status = pod.getStatus();
    return status == null || status.getConditions() == null
        ? Optional.empty()
        : status.getConditions().stream().filter(c -> c.getType().equals(type)).findFirst();
  }

  public static boolean isReady(Pod pod) {
    return condition(pod, "Ready").filter(c -> c.getStatus().equals("True")).isPresent();
  }

  /// When the pod became ready; the epoch if it is not.
  public static Instant readySince(Pod pod) {
    return condition(pod, "Ready")
        .filter(c -> c.getStatus().equals("True"))
        .map(c -> ObjectTimes.parse(c.getLastTransitionTime()))
        .orElse(Instant.EPOCH);
  }

  /// Whether the pod has been ready for long enough to be called available.
  public static boolean isAvailable(Pod pod, Duration minReady, Instant now) {
    return isReady(pod) && (minReady.isZero() || !readySince(pod).plus(minReady).isAfter(now));
  }

  public static String nodeName(Pod pod) {
    var node = pod.getSpec().getNodeName();
    return node == null ? "" : node;
  }

  /// The node that a waiting pod shall go to when there is room; empty if there is none.
  public static String nominatedNode(Pod pod) {
    var node = pod.getStatus() == null ? null : pod.getStatus().getNominatedNodeName();
    return node == null ? "" : node;
  }

  public static List<Container> initContainers(Pod pod) {
    var containers = pod.getSpec().getInitContainers();
    return containers == null ? List.of() : containers;
  }

  /// An init container that is not waited for, and runs as long as the pod does.
  public static boolean isSidecar(Container container) {
    return "Always".equals(container.getRestartPolicy());
  }

  /// The containers that run as long as the pod does, sidecars last.
  public static Stream<Container> lasting(Pod pod) {
    return Stream.concat(
        pod.getSpec().getContainers().stream(),
        initContainers(pod).stream().filter(Pods::isSidecar));
  }
}
