package dev.troupe.controllers.scheduling.placement;

import dev.troupe.controllers.scheduling.demand.Likeness;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.demand.PodTerm;
import dev.troupe.controllers.scheduling.demand.PodTerms;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the pods that are there mean for one more: it must be beside some and not beside others,
/// and some of them do not want it. A place is a label of nodes with its value.
final class Neighbours {

  /// What the kept wish of a pod that is there weighs, once that it is there.
  private static final int KEPT_WEIGHT = 1;

  /// Nobody is there.
  static final Neighbours NONE = new Neighbours(List.of(), new Occupancy());

  private final List<PodTerm> near;
  private final Occupancy occupancy;
  private final Map<String, Set<String>> wanted = new HashMap<>();
  private final Map<String, Set<String>> unwanted = new HashMap<>();
  private final Map<String, Set<String>> unwelcome = new HashMap<>();
  private final Map<String, Map<String, Long>> weights = new HashMap<>();
  private boolean isFirst;

  /// @param near beside which pods the pod must be
  private Neighbours(List<PodTerm> near, Occupancy occupancy) {
    this.near = near;
    this.occupancy = occupancy;
  }

  static Neighbours of(PodDemand pod, Occupancy occupancy) {
    var terms = pod.terms();
    var self = pod.likeness();
    if (terms.isEmpty() && occupancy.terms().isEmpty()) {
      return NONE;
    }
    var neighbours = new Neighbours(terms.near(), occupancy);
    if (!terms.isEmpty()) {
      occupancy.crowds().forEach((others, nodes) -> neighbours.ask(terms, others, nodes));
      neighbours.isFirst = neighbours.wanted.isEmpty() && neighbours.meansAll(terms.near(), self);
    }
    occupancy.terms().forEach((others, nodes) -> neighbours.hear(others, self, nodes));
    return neighbours;
  }

  /// What the pod says about some that are there.
  private void ask(PodTerms terms, Likeness others, Map<String, Integer> nodes) {
    if (!terms.near().isEmpty() && meansAll(terms.near(), others)) {
      terms.near().forEach(term -> add(wanted, term, nodes));
    }
    for (var term : terms.far()) {
      if (means(term, others)) {
        add(unwanted, term, nodes);
      }
    }
    weigh(terms.ratherNear(), others, nodes, 1);
    weigh(terms.ratherFar(), others, nodes, -1);
  }

  /// What some that are there say about the pod.
  private void hear(PodTerms terms, Likeness pod, Map<String, Integer> nodes) {
    for (var term : terms.far()) {
      if (means(term, pod)) {
        add(unwelcome, term, nodes);
      }
    }
    for (var term : terms.near()) {
      if (means(term, pod)) {
        weigh(term, nodes, KEPT_WEIGHT);
      }
    }
    weigh(terms.ratherNear(), pod, nodes, 1);
    weigh(terms.ratherFar(), pod, nodes, -1);
  }

  private boolean meansAll(List<PodTerm> terms, Likeness others) {
    for (var term : terms) {
      if (!means(term, others)) {
        return false;
      }
    }
    return true;
  }

  private boolean means(PodTerm term, Likeness others) {
    return term.means(others, occupancy::labelsOf);
  }

  private void add(Map<String, Set<String>> places, PodTerm term, Map<String, Integer> nodes) {
    for (var node : nodes.keySet()) {
      var value = place(term, node);
      if (value != null) {
        places.computeIfAbsent(term.topologyKey(), _ -> new HashSet<>()).add(value);
      }
    }
  }

  private void weigh(List<PodTerm> terms, Likeness meant, Map<String, Integer> nodes, int sign) {
    for (var term : terms) {
      if (means(term, meant)) {
        weigh(term, nodes, (long) sign * term.weight());
      }
    }
  }

  private void weigh(PodTerm term, Map<String, Integer> nodes, long weight) {
    for (var node : nodes.entrySet()) {
      var value = place(term, node.getKey());
      if (value != null) {
        weights
            .computeIfAbsent(term.topologyKey(), _ -> new HashMap<>())
            .merge(value, weight * node.getValue(), Long::sum);
      }
    }
  }

  /// Null if the node is in no place; so is one that does not exist.
  private @Nullable String place(PodTerm term, String node) {
    var room = occupancy.node(node);
    return room == null ? null : room.labels().get(term.topologyKey());
  }

  /// Null if the pod may be on the node.
  @Nullable Obstacle obstacle(NodeRoom node) {
    if (!isNear(node)) {
      return Obstacle.lasting("node(s) didn't match pod affinity rules");
    }
    if (isIn(unwanted, node)) {
      return Obstacle.passing("node(s) didn't match pod anti-affinity rules");
    }
    return isIn(unwelcome, node)
        ? Obstacle.passing("node(s) didn't satisfy existing pods anti-affinity rules")
        : null;
  }

  /// The first of pods that want to be together may be wherever there is a place.
  private boolean isNear(NodeRoom node) {
    for (var term : near) {
      var value = node.labels().get(term.topologyKey());
      if (value == null
          || !(isFirst || wanted.getOrDefault(term.topologyKey(), Set.of()).contains(value))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIn(Map<String, Set<String>> places, NodeRoom node) {
    for (var place : places.entrySet()) {
      var value = node.labels().get(place.getKey());
      if (value != null && place.getValue().contains(value)) {
        return true;
      }
    }
    return false;
  }

  boolean hasWeights() {
    return !weights.isEmpty();
  }

  /// What speaks for the node, less what speaks against it.
  long weight(NodeRoom node) {
    long sum = 0;
    for (var place : weights.entrySet()) {
      var value = node.labels().get(place.getKey());
      sum += value == null ? 0 : place.getValue().getOrDefault(value, 0L);
    }
    return sum;
  }
}
