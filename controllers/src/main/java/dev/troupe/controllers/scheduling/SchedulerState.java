package dev.troupe.controllers.scheduling;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.NodesAndPods;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The nodes with what is taken of them, and the pods that wait. A fold of the changes of nodes and
/// pods, plus the scheduler's own assumptions: a pod counts on its node from the decision on, not
/// only when the binding is seen.
public final class SchedulerState implements NodesAndPods {

  /// A pod that waits for a node. `tried` says that no node had room for it when it was looked at.
  record Waiting(Pod pod, PodDemand demand, boolean tried) {}

  private record Placed(String node, PodDemand demand, boolean assumed) {}

  private final Map<String, NodeRoom> nodes = new TreeMap<>();
  private final Map<ResourceKey, Waiting> waiting = new LinkedHashMap<>();
  private final Map<ResourceKey, Placed> placed = new HashMap<>();

  @Override
  public void put(Node node) {
    room(node.getMetadata().getName()).offer(NodeRoom.Offer.of(node));
  }

  @Override
  public void removeNode(String name) {
    var room = room(name);
    room.offer(null);
    discardIfEmpty(room);
  }

  @Override
  public void put(ResourceKey key, Pod pod) {
    var node = Pods.nodeName(pod);
    if (Pods.isTerminal(pod)) {
      remove(key);
    } else if (!node.isEmpty()) {
      var demand = PodDemand.of(pod);
      waiting.remove(key);
      unplace(key);
      place(key, node, demand, false);
    } else if (isMine(pod)) {
      wait(key, pod);
    } else {
      remove(key);
    }
  }

  @Override
  public void remove(ResourceKey key) {
    waiting.remove(key);
    unplace(key);
  }

  /// Whether the pod waits and has not been looked at as it is.
  boolean isNew(ResourceKey key) {
    var candidate = waiting.get(key);
    return candidate != null && !candidate.tried() && !placed.containsKey(key);
  }

  /// The waiting pods for which the node has room, one after the other: not more than can have it.
  List<ResourceKey> fitting(String name) {
    var node = nodes.get(name);
    if (waiting.isEmpty() || node == null || !node.exists()) {
      return List.of();
    }
    var fitting = new ArrayList<ResourceKey>();
    for (var entry : waiting.entrySet()) {
      var candidate = entry.getValue();
      if (candidate.tried() && Fit.fits(candidate.demand(), node)) {
        fitting.add(entry.getKey());
        node.take(entry.getKey(), candidate.demand());
      }
    }
    fitting.forEach(node::free);
    return fitting;
  }

  Collection<NodeRoom> nodes() {
    return nodes.values();
  }

  @Nullable Waiting waiting(ResourceKey key) {
    return waiting.get(key);
  }

  /// Forgets that a waiting pod was assumed to be placed: it is decided anew.
  void forgetAssumption(ResourceKey key) {
    var before = placed.get(key);
    if (before != null && before.assumed()) {
      unplace(key);
    }
  }

  void assume(ResourceKey key, PodDemand demand, NodeRoom node) {
    place(key, node.name(), demand, true);
    waiting.computeIfPresent(key, (_, w) -> new Waiting(w.pod(), w.demand(), false));
  }

  void markTried(ResourceKey key) {
    waiting.computeIfPresent(key, (_, w) -> new Waiting(w.pod(), w.demand(), true));
  }

  private void wait(ResourceKey key, Pod pod) {
    var before = waiting.get(key);
    var demand = PodDemand.of(pod);
    if (before != null && isSame(before, pod, demand)) {
      waiting.put(key, new Waiting(pod, demand, before.tried()));
    } else {
      waiting.put(key, new Waiting(pod, demand, false));
      forgetAssumption(key);
    }
  }

  private static boolean isSame(Waiting before, Pod pod, PodDemand demand) {
    return before.pod().getMetadata().getUid().equals(pod.getMetadata().getUid())
        && before.demand().equals(demand)
        && Objects.equals(
            before.pod().getSpec().getSchedulingGates(), pod.getSpec().getSchedulingGates());
  }

  private void place(ResourceKey key, String node, PodDemand demand, boolean assumed) {
    placed.put(key, new Placed(node, demand, assumed));
    room(node).take(key, demand);
  }

  private void unplace(ResourceKey key) {
    var before = placed.remove(key);
    if (before != null) {
      var room = room(before.node());
      room.free(key);
      discardIfEmpty(room);
    }
  }

  private NodeRoom room(String name) {
    return nodes.computeIfAbsent(name, NodeRoom::new);
  }

  private void discardIfEmpty(NodeRoom room) {
    if (room.isEmpty()) {
      nodes.remove(room.name());
    }
  }

  private static boolean isMine(Pod pod) {
    var scheduler = pod.getSpec().getSchedulerName();
    return !Pods.isTerminating(pod)
        && (scheduler == null
            || scheduler.isEmpty()
            || scheduler.equals(SchedulingController.SCHEDULER));
  }
}
