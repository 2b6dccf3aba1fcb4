package dev.troupe.controllers.scheduling;

import dev.troupe.controllers.objects.Labels;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One node's room, and what of it is taken. Changed in place by the scheduler's state.
final class NodeRoom {

  /// What a node offers, as far as scheduling looks at it.
  record Offer(
      ResourceAmounts allocatable,
      int pods,
      Map<String, String> labels,
      List<Taint> taints,
      boolean unschedulable) {

    static final Offer NONE = new Offer(ResourceAmounts.NONE, 0, Map.of(), List.of(), true);

    static Offer of(Node node) {
      var status = node.getStatus();
      var spec = node.getSpec();
      Map<String, Quantity> allocatable =
          status == null || status.getAllocatable() == null ? Map.of() : status.getAllocatable();
      var pods = allocatable.get("pods");
      return new Offer(
          ResourceAmounts.of(allocatable),
          pods == null ? 0 : Quantity.getAmountInBytes(pods).intValue(),
          Labels.of(node),
          spec == null || spec.getTaints() == null ? List.of() : spec.getTaints(),
          spec != null && Boolean.TRUE.equals(spec.getUnschedulable()));
    }
  }

  private final String name;
  private @Nullable Offer offer;
  private int pods;
  private ResourceAmounts requested = ResourceAmounts.NONE;
  private ResourceAmounts expected = ResourceAmounts.NONE;
  private final Map<String, Integer> hostPorts = new HashMap<>();
  private final Map<String, Integer> groups = new HashMap<>();

  NodeRoom(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /// Whether the node exists; pods may name one that does not.
  boolean exists() {
    return offer != null;
  }

  /// @param offer null if the node is gone
  void offer(@Nullable Offer offer) {
    this.offer = offer;
  }

  Offer offer() {
    return offer == null ? Offer.NONE : offer;
  }

  Map<String, String> labels() {
    return offer().labels();
  }

  int pods() {
    return pods;
  }

  int ofGroup(String group) {
    return group.isEmpty() ? 0 : groups.getOrDefault(group, 0);
  }

  ResourceAmounts requested() {
    return requested;
  }

  ResourceAmounts expected() {
    return expected;
  }

  boolean hasHostPort(String port) {
    return hostPorts.containsKey(port);
  }

  boolean isEmpty() {
    return pods == 0 && offer == null;
  }

  void take(PodDemand demand) {
    pods++;
    requested = requested.plus(demand.requests());
    expected = expected.plus(demand.expected());
    demand.hostPorts().forEach(port -> hostPorts.merge(port, 1, Integer::sum));
    groups.merge(demand.group(), 1, Integer::sum);
  }

  void free(PodDemand demand) {
    pods--;
    requested = requested.minus(demand.requests());
    expected = expected.minus(demand.expected());
    demand.hostPorts().forEach(port -> release(hostPorts, port));
    release(groups, demand.group());
  }

  private static void release(Map<String, Integer> counts, String key) {
    counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }
}
