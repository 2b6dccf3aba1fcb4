package dev.troupe.controllers.scheduling.placement;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import dev.troupe.controllers.stage.Fixtures;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Four nodes in the words of tables: `a1` and `a2` are in zone `a`, `b1` is in zone `b`, and `x`
/// is in none. A pod `web@a1` is labelled `app: web` and on node `a1`; `other/web@a1` is in another
/// namespace, and a pod with `!` is about to go.
final class Fleet {

  private final Occupancy occupancy = new Occupancy();
  private int pods;

  Fleet() {
    List.of("a1", "a2", "b1", "x").forEach(name -> put(node(name)));
    occupancy.namespace("default", Map.of("team", "one"));
    occupancy.namespace("other", Map.of("team", "two"));
  }

  static Node node(String name) {
    var node = Fixtures.node(name, 4, 110);
    var labels = node.getMetadata().getLabels();
    labels.put("kubernetes.io/hostname", name);
    if (!name.equals("x")) {
      labels.put("zone", name.substring(0, 1));
    }
    return node;
  }

  void put(Node node) {
    occupancy.offer(node.getMetadata().getName(), NodeRoom.Offer.of(node));
  }

  /// @param spec of each of the pods
  Fleet with(String pods, String spec) {
    for (var pod : pods.isBlank() ? new String[0] : pods.trim().split(" +")) {
      var at = pod.split("@");
      occupancy.take(key("there-" + this.pods++), demand(at[0], spec), at[1]);
    }
    return this;
  }

  static PodDemand demand(String name, String spec) {
    boolean isGoing = name.endsWith("!");
    var path = (isGoing ? name.substring(0, name.length() - 1) : name).split("/");
    var pod = Fixtures.pod("pod", path[path.length - 1], spec);
    pod.getMetadata().setNamespace(path.length == 1 ? "default" : path[0]);
    pod.getMetadata().setDeletionTimestamp(isGoing ? "2026-01-01T00:00:00Z" : null);
    return PodDemand.of(pod);
  }

  static ResourceKey key(String name) {
    return ResourceKey.of(Fixtures.pod(name));
  }

  Fit fit(String pod, String spec) {
    return Fit.of(key("new"), demand(pod, spec), occupancy);
  }

  /// `a1`.
  NodeRoom node() {
    return Objects.requireNonNull(occupancy.node("a1"));
  }

  Occupancy occupancy() {
    return occupancy;
  }
}
