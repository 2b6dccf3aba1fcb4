package dev.troupe.controllers.scheduling.demand;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What a pod needs from a node, and what must be known of it where it is among others.
///
/// @param group names the pods that are better apart: those of one controller
/// @param preempts whether pods of lower priority may have to make room for it
/// @param started when it was started, as a text that can be ordered; empty if it was not
public record PodDemand(
    ResourceAmounts requests,
    ResourceAmounts expected,
    Set<HostPort> hostPorts,
    String group,
    Tolerance tolerance,
    NodeAffinityTerms affinity,
    PodTerms terms,
    List<SpreadRule> spread,
    Likeness likeness,
    int priority,
    boolean preempts,
    String started) {

  /// What a container is expected to use that does not say it.
  private static final long EXPECTED_MILLI_CPU = 100;

  private static final long EXPECTED_MEMORY = 200L * 1024 * 1024;

  public static PodDemand of(Pod pod) {
    var spec = pod.getSpec();
    var requests = ResourceAmounts.requestsOf(spec);
    var namespace = Objects.requireNonNullElse(pod.getMetadata().getNamespace(), "");
    return new PodDemand(
        requests,
        expected(requests, spec.getContainers().size()),
        HostPort.of(spec),
        Owners.controllerOf(pod).map(OwnerReference::getUid).orElse(""),
        Tolerance.of(spec.getTolerations()),
        NodeAffinityTerms.of(spec),
        PodTerms.of(spec.getAffinity(), namespace),
        SpreadRule.of(spec.getTopologySpreadConstraints()),
        new Likeness(namespace, Labels.of(pod), Pods.isTerminating(pod)),
        Objects.requireNonNullElse(spec.getPriority(), 0),
        !"Never".equals(spec.getPreemptionPolicy()),
        pod.getStatus() == null
            ? ""
            : Objects.requireNonNullElse(pod.getStatus().getStartTime(), ""));
  }

  /// Whether it matters to the pod who else is where.
  public boolean isChoosy() {
    return !terms.isEmpty() || !spread.isEmpty();
  }

  /// Whether they need the same of a node.
  public boolean needsAsMuchAs(PodDemand other) {
    return requests.equals(other.requests) && hostPorts.equals(other.hostPorts);
  }

  public boolean terminating() {
    return likeness.terminating();
  }

  private static ResourceAmounts expected(ResourceAmounts requests, int containers) {
    return new ResourceAmounts(
        requests.milliCpu() == 0 ? EXPECTED_MILLI_CPU * containers : requests.milliCpu(),
        requests.memory() == 0 ? EXPECTED_MEMORY * containers : requests.memory(),
        requests.storage(),
        requests.extended());
  }
}
