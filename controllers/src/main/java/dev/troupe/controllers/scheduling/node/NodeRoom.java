package dev.troupe.controllers.scheduling.node;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Quantities;
import dev.troupe.controllers.scheduling.demand.HostPort;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.demand.ResourceAmounts;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One node's room, and what of it is taken. Changed in place.
public final class NodeRoom {

  /// What a node offers, as far as scheduling looks at it.
  public record Offer(
      ResourceAmounts allocatable,
      long pods,
      Map<String, String> labels,
      List<Taint> taints,
      boolean unschedulable) {

    public static final Offer NONE = new Offer(ResourceAmounts.NONE, 0, Map.of(), List.of(), true);

    public static Offer of(Node node) {
      var status = node.getStatus();
      var spec = node.getSpec();
      Map<String, Quantity> allocatable =
          status == null || status.getAllocatable() == null ? Map.of() : status.getAllocatable();
      return new Offer(
          ResourceAmounts.of(allocatable),
          Quantities.of(allocatable.get("pods")).value(),
          Labels.of(node),
          spec == null || spec.getTaints() == null ? List.of() : spec.getTaints(),
          spec != null && Boolean.TRUE.equals(spec.getUnschedulable()));
    }
  }

  private final String name;
  private @Nullable Offer offer;
  private final Map<ResourceKey, PodDemand> pods = new LinkedHashMap<>();
  private ResourceAmounts requested = ResourceAmounts.NONE;
  private ResourceAmounts expected = ResourceAmounts.NONE;
  private final Map<HostPort, Integer> hostPorts = new HashMap<>();
  private final Map<ResourceKey, PodDemand> nominated = new LinkedHashMap<>();
  private final Map<String, Integer> groups = new HashMap<>();

  NodeRoom(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /// Whether the node exists; pods may name one that does not.
  public boolean exists() {
    return offer != null;
  }

  /// @param offer null if the node is gone
  void offer(@Nullable Offer offer) {
    this.offer = offer;
  }

  public Offer offer() {
    return offer == null ? Offer.NONE : offer;
  }

  public Map<String, String> labels() {
    return offer().labels();
  }

  public int pods() {
    return pods.size();
  }

  public int ofGroup(String group) {
    return group.isEmpty() ? 0 : groups.getOrDefault(group, 0);
  }

  public ResourceAmounts requested() {
    return requested;
  }

  public ResourceAmounts expected() {
    return expected;
  }

  /// Whether a pod that is here has a port that cannot be had twice.
  public boolean hasConflict(HostPort port) {
    return hostPorts.keySet().stream().anyMatch(port::conflictsWith);
  }

  /// The pods that are here, or are expected to be.
  public Map<ResourceKey, PodDemand> occupants() {
    return pods;
  }

  /// The pods that wait for others to leave this node. They are not here, and have a first claim.
  public Map<ResourceKey, PodDemand> nominated() {
    return nominated;
  }

  boolean isEmpty() {
    return pods.isEmpty() && nominated.isEmpty() && offer == null;
  }

  public void take(ResourceKey pod, PodDemand demand) {
    pods.put(pod, demand);
    requested = requested.plus(demand.requests());
    expected = expected.plus(demand.expected());
    demand.hostPorts().forEach(port -> hostPorts.merge(port, 1, Integer::sum));
    groups.merge(demand.group(), 1, Integer::sum);
  }

  public void free(ResourceKey pod) {
    var demand = pods.remove(pod);
    if (demand == null) {
      return;
    }
    requested = requested.isExact() ? requested.minus(demand.requests()) : sum(PodDemand::requests);
    expected = expected.isExact() ? expected.minus(demand.expected()) : sum(PodDemand::expected);
    demand.hostPorts().forEach(port -> release(hostPorts, port));
    release(groups, demand.group());
  }

  private ResourceAmounts sum(Function<PodDemand, ResourceAmounts> amounts) {
    return pods.values().stream().map(amounts).reduce(ResourceAmounts.NONE, ResourceAmounts::plus);
  }

  private static <K> void release(Map<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }
}
