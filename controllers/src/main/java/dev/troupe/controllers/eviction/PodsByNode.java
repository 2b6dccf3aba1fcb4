package dev.troupe.controllers.eviction;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.objects.NodesAndPods;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pods are on which node and which nodes they may not stay on, and the pods that have ended.
/// Of pods on nodes that are well only the place is kept.
///
/// It also remembers since when a pod has borne the taints of its node, and since when pods have
/// been on a node that is not there: these times begin anew at a start.
public final class PodsByNode implements NodesAndPods {

  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

  /// What pods need to know of their node.
  record Place(List<Taint> expelling, boolean failed, boolean outOfService) {

    static Place of(Node node) {
      var taints = Nodes.taints(node);
      var readiness = Nodes.readiness(node);
      return new Place(
          taints.stream().filter(taint -> "NoExecute".equals(taint.getEffect())).toList(),
          readiness.equals("False") || readiness.equals("Unknown"),
          taints.stream().anyMatch(taint -> taint.getKey().equals(OUT_OF_SERVICE)));
    }

    boolean isWell() {
      return expelling.isEmpty() && !failed && !outOfService;
    }
  }

  private final Map<String, Place> nodes = new HashMap<>();
  private final Map<ResourceKey, String> places = new HashMap<>();
  private final Map<String, Set<ResourceKey>> pods = new HashMap<>();
  private final Map<ResourceKey, Instant> leaving = new HashMap<>();
  private final Map<String, Instant> missingSince = new HashMap<>();
  private final Set<ResourceKey> toMark = new HashSet<>();
  private final EndedPods ended;
  private @Nullable String turned;

  PodsByNode(EndedPods ended) {
    this.ended = ended;
  }

  @Override
  public void put(Node node) {
    turn(node.getMetadata().getName(), Place.of(node));
  }

  @Override
  public void removeNode(String name) {
    turn(name, null);
  }

  private void turn(String name, @Nullable Place place) {
    var before = place == null ? nodes.remove(name) : nodes.put(name, place);
    turned = !pods.containsKey(name) || (before != null && before.equals(place)) ? null : name;
    if (place == null) {
      return;
    }
    missingSince.remove(name);
    if (place.expelling().isEmpty()) {
      leaving.keySet().removeAll(on(name));
    }
    if (!place.failed()) {
      toMark.removeAll(on(name));
    } else if (before == null || !before.failed()) {
      toMark.addAll(on(name));
    }
  }

  @Override
  public void put(ResourceKey key, Pod pod) {
    turned = null;
    var name = Pods.nodeName(pod);
    ended.put(key, pod);
    if (!name.isEmpty() && !name.equals(places.put(key, name))) {
      pods.computeIfAbsent(name, _ -> new HashSet<>()).add(key);
      var place = nodes.get(name);
      if (place != null && place.failed()) {
        toMark.add(key);
      }
    }
    if (!Pods.isReady(pod)) {
      toMark.remove(key);
    }
  }

  @Override
  public void remove(ResourceKey key) {
    turned = null;
    ended.remove(key);
    leaving.remove(key);
    toMark.remove(key);
    var name = places.remove(key);
    if (name != null) {
      pods.computeIfPresent(
          name,
          (_, there) -> {
            there.remove(key);
            return there.isEmpty() ? null : there;
          });
      if (!pods.containsKey(name)) {
        missingSince.remove(name);
      }
    }
  }

  /// The pods that may have to go, or to be marked, after the last change.
  Collection<ResourceKey> concerned(Change change) {
    if (change.key().type().equals(NODES)) {
      return turned == null ? List.of() : List.copyOf(on(turned));
    }
    var tooMany = ended.next();
    var pod = change.as(Pod.class);
    if (change.deleted() || pod == null) {
      return tooMany;
    }
    var name = Pods.nodeName(pod);
    var place = nodes.get(name);
    boolean unplaced = name.isEmpty() && Pods.isTerminating(pod);
    if (!unplaced && (name.isEmpty() || (place != null && place.isWell()))) {
      return tooMany;
    }
    var concerned = new HashSet<>(tooMany);
    concerned.add(change.key());
    return concerned;
  }

  private Collection<ResourceKey> on(String name) {
    return pods.getOrDefault(name, Set.of());
  }

  /// Null if there is no such node.
  @Nullable Place place(String name) {
    return nodes.get(name);
  }

  /// Since when a node has been missed.
  Instant missingSince(String name, Instant now) {
    return missingSince.computeIfAbsent(name, _ -> now);
  }

  /// When a pod goes that bears the taints of its node for a while: as it was settled at first.
  Instant leaves(ResourceKey key, Instant moment) {
    return leaving.computeIfAbsent(key, _ -> moment);
  }

  /// @return whether it would have gone
  boolean stays(ResourceKey key) {
    return leaving.remove(key) != null;
  }

  /// Whether the node of a pod has failed since the pod was known to be ready.
  boolean isToBeMarked(ResourceKey key) {
    return toMark.contains(key);
  }

  boolean isTooMany(ResourceKey key) {
    return ended.isNamed(key);
  }
}
