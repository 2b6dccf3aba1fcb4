package dev.troupe.controllers.scheduling.node;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.Likeness;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.demand.PodTerms;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All nodes with the pods that are on them. Changed in place.
public final class Occupancy {

  private final Map<String, NodeRoom> nodes = new TreeMap<>();
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();
  private final Crowds<Likeness> crowds = new Crowds<>();
  private final Crowds<PodTerms> terms = new Crowds<>();
  private final TreeMap<Integer, Integer> priorities = new TreeMap<>();

  /// In the order of their names; some may not exist.
  public Collection<NodeRoom> nodes() {
    return nodes.values();
  }

  public @Nullable NodeRoom node(String name) {
    return nodes.get(name);
  }

  /// @param offer null if the node is gone
  /// @return whether it is another than before
  public boolean offer(String node, NodeRoom.@Nullable Offer offer) {
    var room = room(node);
    boolean changed = !Objects.equals(offer, room.exists() ? room.offer() : null);
    room.offer(offer);
    discardIfEmpty(room);
    return changed;
  }

  /// @param labels null if the namespace is gone
  /// @return whether they are others than before
  public boolean namespace(String name, @Nullable Map<String, String> labels) {
    var before = labels == null ? namespaces.remove(name) : namespaces.put(name, labels);
    return !Objects.equals(before, labels);
  }

  public Map<String, String> labelsOf(String namespace) {
    return namespaces.getOrDefault(namespace, Map.of());
  }

  public void take(ResourceKey pod, PodDemand demand, String node) {
    room(node).take(pod, demand);
    priorities.merge(demand.priority(), 1, Integer::sum);
    crowds.add(demand.likeness(), node);
    if (!demand.terms().isEmpty()) {
      terms.add(demand.terms(), node);
    }
  }

  public void free(ResourceKey pod, String node) {
    var room = room(node);
    var demand = room.occupants().get(pod);
    if (demand != null) {
      priorities.computeIfPresent(demand.priority(), (_, n) -> n == 1 ? null : n - 1);
      crowds.remove(demand.likeness(), node);
      if (!demand.terms().isEmpty()) {
        terms.remove(demand.terms(), node);
      }
      room.free(pod);
    }
    discardIfEmpty(room);
  }

  public void nominate(ResourceKey pod, PodDemand demand, String node) {
    room(node).nominated().put(pod, demand);
  }

  public void withdraw(ResourceKey pod, String node) {
    var room = room(node);
    room.nominated().remove(pod);
    discardIfEmpty(room);
  }

  /// Where pods are that look the same to others.
  public Crowds<Likeness> crowds() {
    return crowds;
  }

  /// Where pods are that have the same terms about others. They are few, mostly none.
  public Crowds<PodTerms> terms() {
    return terms;
  }

  /// Whether there is any pod that would have to make room for one of this priority.
  public boolean hasLower(int priority) {
    return !priorities.isEmpty() && priorities.firstKey() < priority;
  }

  private NodeRoom room(String name) {
    return nodes.computeIfAbsent(name, NodeRoom::new);
  }

  private void discardIfEmpty(NodeRoom room) {
    if (room.isEmpty()) {
      nodes.remove(room.name());
    }
  }
}
