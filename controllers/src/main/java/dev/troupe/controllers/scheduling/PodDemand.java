package dev.troupe.controllers.scheduling;

import dev.troupe.controllers.objects.Owners;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a pod needs from a node. `group` names the pods that are better apart: those of one
/// controller.
record PodDemand(
    ResourceAmounts requests,
    ResourceAmounts expected,
    Set<String> hostPorts,
    String group,
    Tolerance tolerance,
    NodeAffinityTerms affinity) {

  /// What a container is expected to use that does not say it.
  private static final long EXPECTED_MILLI_CPU = 100;

  private static final long EXPECTED_MEMORY = 200L * 1024 * 1024;

  static PodDemand of(Pod pod) {
    var spec = pod.getSpec();
    var requests = ResourceAmounts.requestsOf(spec);
    return new PodDemand(
        requests,
        expected(requests, spec.getContainers().size()),
        hostPorts(spec.getContainers()),
        Owners.controllerOf(pod).map(OwnerReference::getUid).orElse(""),
        Tolerance.of(spec.getTolerations()),
        NodeAffinityTerms.of(spec));
  }

  private static ResourceAmounts expected(ResourceAmounts requests, int containers) {
    return new ResourceAmounts(
        requests.milliCpu() == 0 ? EXPECTED_MILLI_CPU * containers : requests.milliCpu(),
        requests.memory() == 0 ? EXPECTED_MEMORY * containers : requests.memory(),
        requests.storage(),
        requests.extended());
  }

  private static Set<String> hostPorts(List<Container> containers) {
    return containers.stream()
        .flatMap(c -> c.getPorts() == null ? Stream.empty() : c.getPorts().stream())
        .filter(port -> port.getHostPort() != null && port.getHostPort() > 0)
        .map(port ->
            Objects.requireNonNullElse(port.getProtocol(), "TCP") + "/" + port.getHostPort())
        .collect(Collectors.toUnmodifiableSet());
  }
}
