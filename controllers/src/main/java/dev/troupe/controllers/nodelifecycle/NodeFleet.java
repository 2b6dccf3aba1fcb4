package dev.troupe.controllers.nodelifecycle;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.objects.NodesAndPods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All nodes: whether they are ready, where they are, and when they gave a sign of life.
///
/// A sign of life is a heartbeat or a lease that is another than before. It counts when it is
/// stored, whatever time it says, because clocks differ.
public final class NodeFleet {

  static final String LEASES = "kube-node-lease";

  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String REGION = "topology.kubernetes.io/region";
  private static final String EXCLUDED = "node.kubernetes.io/exclude-disruption";

  /// @param counts whether it counts for the disruption of its zone
  private record Place(String readiness, String zone, boolean counts) {}

  private record Sign(String what, Instant when) {}

  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, Sign> heartbeats = new HashMap<>();
  private final Map<String, Sign> leases = new HashMap<>();
  private final Map<String, Instant> watchedSince = new HashMap<>();
  private boolean turned;

  void apply(Change change) {
    turned = false;
    var name = change.key().name();
    var when = Version.instant(change.version());
    if (change.key().type().equals(NodesAndPods.NODES)) {
      apply(name, change.deleted() ? null : change.as(Node.class), when);
    } else if (change.key().namespace().equals(LEASES)) {
      var lease = change.deleted() ? null : change.as(Lease.class);
      if (lease != null && lease.getSpec() != null) {
        note(leases, name, String.valueOf(lease.getSpec().getRenewTime()), when);
      }
    }
  }

  private void apply(String name, @Nullable Node node, Instant when) {
    if (node == null) {
      turned = places.remove(name) != null;
      heartbeats.remove(name);
      leases.remove(name);
      watchedSince.remove(name);
      return;
    }
    var labels = Labels.of(node);
    var place =
        new Place(
            Nodes.readiness(node),
            labels.getOrDefault(REGION, "") + "/" + labels.getOrDefault(ZONE, ""),
            !labels.containsKey(EXCLUDED));
    turned = !place.equals(places.put(name, place));
    Nodes.condition(node, "Ready")
        .map(NodeCondition::getLastHeartbeatTime)
        .ifPresent(time -> note(heartbeats, name, time, when));
  }

  private static void note(Map<String, Sign> signs, String name, String what, Instant when) {
    var before = signs.get(name);
    if (before == null || !before.what().equals(what)) {
      signs.put(name, new Sign(what, when));
    }
  }

  /// The nodes that may have to be tainted otherwise after the last change of `key`.
  List<ResourceKey> concerned(ResourceKey key) {
    if (!key.type().equals(NodesAndPods.NODES)) {
      return List.of();
    }
    if (!turned) {
      return List.of(key);
    }
    return places.entrySet().stream()
        .filter(entry -> entry.getKey().equals(key.name()) || isFailed(entry.getValue()))
        .map(entry -> new ResourceKey(NodesAndPods.NODES, "", entry.getKey()))
        .toList();
  }

  /// The last sign of life of a node. It has at least as long as if it had given one when it was
  /// looked at first: what it did before is not known.
  Instant lastSign(String name, Instant now) {
    var last = watchedSince.computeIfAbsent(name, _ -> now);
    for (var sign : List.of(heartbeats, leases)) {
      var seen = sign.get(name);
      last = seen != null && seen.when().isAfter(last) ? seen.when() : last;
    }
    return last;
  }

  Disruption disruption(String name) {
    var place = places.get(name);
    int readyInZone = 0;
    int failedInZone = 0;
    int readyInAll = 0;
    for (var other : places.values()) {
      boolean here = place != null && Objects.equals(place.zone(), other.zone());
      if (other.counts() && other.readiness().equals("True")) {
        readyInAll++;
        readyInZone += here ? 1 : 0;
      } else if (other.counts() && isFailed(other) && here) {
        failedInZone++;
      }
    }
    return Disruption.of(readyInZone, failedInZone, readyInAll);
  }

  private static boolean isFailed(Place place) {
    return place.readiness().equals("False") || place.readiness().equals("Unknown");
  }
}
