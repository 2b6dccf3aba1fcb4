package dev.troupe.controllers.scheduling.placement;

import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.demand.SpreadRule;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How evenly the pods are spread that a new one is to be spread with.
final class Evenness {

  private static final String UNEVEN = "node(s) didn't match pod topology spread constraints";
  static final Evenness INDIFFERENT = new Evenness(List.of(), List.of());

  /// One rule, and how many of the pods that it means are in each place.
  ///
  /// @param self how many the pod itself would add
  /// @param least how many are in the emptiest place
  private record Tally(SpreadRule rule, Map<String, Integer> counts, int self, int least) {

    static Tally of(SpreadRule rule, Map<String, Integer> counts, PodDemand pod) {
      int least =
          counts.size() < rule.minDomains()
              ? 0
              : counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
      return new Tally(
          rule, counts, rule.means(pod.likeness(), pod.likeness().namespace()) ? 1 : 0, least);
    }
  }

  private final List<Tally> required;
  private final List<Tally> preferred;

  private Evenness(List<Tally> required, List<Tally> preferred) {
    this.required = required;
    this.preferred = preferred;
  }

  static Evenness of(PodDemand pod, Occupancy occupancy) {
    return pod.spread().isEmpty()
        ? INDIFFERENT
        : new Evenness(
            tallies(pod, occupancy, SpreadRule::required),
            tallies(pod, occupancy, rule -> !rule.required()));
  }

  private static List<Tally> tallies(
      PodDemand pod, Occupancy occupancy, Predicate<SpreadRule> concerned) {
    var rules = pod.spread().stream().filter(concerned).toList();
    return rules.stream()
        .map(rule -> Tally.of(rule, counts(rule, rules, pod, occupancy), pod))
        .toList();
  }

  /// Nodes count that are in a place by each of the rules.
  private static Map<String, Integer> counts(
      SpreadRule rule, List<SpreadRule> rules, PodDemand pod, Occupancy occupancy) {
    var meant = meant(rule, pod, occupancy);
    var counts = new HashMap<String, Integer>();
    for (var node : occupancy.nodes()) {
      var place = node.labels().get(rule.topologyKey());
      if (place != null && isInAllPlaces(node, rules) && counts(rule, pod, node)) {
        counts.merge(place, meant.getOrDefault(node.name(), 0), Integer::sum);
      }
    }
    return counts;
  }

  /// How many of the pods that the rule means are on which node.
  private static Map<String, Integer> meant(SpreadRule rule, PodDemand pod, Occupancy occupancy) {
    var meant = new HashMap<String, Integer>();
    occupancy
        .crowds()
        .forEach((others, nodes) -> {
          if (rule.means(others, pod.likeness().namespace())) {
            nodes.forEach((node, count) -> meant.merge(node, count, Integer::sum));
          }
        });
    return meant;
  }

  private static boolean isInAllPlaces(NodeRoom node, List<SpreadRule> rules) {
    for (var rule : rules) {
      if (!node.labels().containsKey(rule.topologyKey())) {
        return false;
      }
    }
    return true;
  }

  private static boolean counts(SpreadRule rule, PodDemand pod, NodeRoom node) {
    return node.exists()
        && (!rule.honorsAffinity() || pod.affinity().admits(node.name(), node.labels()))
        && (!rule.honorsTaints() || pod.tolerance().obstacle(node.offer().taints()).isEmpty());
  }

  /// Null if the pod may be on the node.
  @Nullable Obstacle obstacle(NodeRoom node) {
    for (var tally : required) {
      var place = node.labels().get(tally.rule().topologyKey());
      if (place == null) {
        return Obstacle.lasting(UNEVEN + " (missing required label)");
      }
      int skew = tally.counts().getOrDefault(place, 0) + tally.self() - tally.least();
      if (skew > tally.rule().maxSkew()) {
        return Obstacle.passing(UNEVEN);
      }
    }
    return null;
  }

  boolean hasWeights() {
    return !preferred.isEmpty();
  }

  /// How crowded the node's places are; infinite where it is in none.
  double crowd(NodeRoom node) {
    double sum = 0;
    for (var tally : preferred) {
      var place = node.labels().get(tally.rule().topologyKey());
      if (place == null) {
        return Double.POSITIVE_INFINITY;
      }
      sum +=
          tally.counts().getOrDefault(place, 0) * Math.log(tally.counts().size() + 2.0)
              + (tally.rule().maxSkew() - 1);
    }
    return sum;
  }
}
