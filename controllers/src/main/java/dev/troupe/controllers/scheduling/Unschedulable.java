package dev.troupe.controllers.scheduling;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says why no node takes a pod: how many nodes have which reason.
final class Unschedulable {

  private Unschedulable() {}

  static String message(PodDemand pod, Collection<NodeRoom> nodes) {
    Map<String, Integer> counts = new TreeMap<>();
    int total = 0;
    for (var node : nodes) {
      if (node.exists()) {
        total++;
        Fit.reasons(pod, node).forEach(reason -> counts.merge(reason, 1, Integer::sum));
      }
    }
    if (total == 0) {
      return "no nodes available to schedule pods";
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .sorted()
        .collect(Collectors.joining(", ", "0/" + total + " nodes are available: ", "."));
  }
}
