package dev.troupe.controllers.scheduling.placement;

import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says why no node takes a pod: how many nodes have which reason.
public final class Unschedulable {

  private Unschedulable() {}

  public static String message(Fit fit, Occupancy occupancy) {
    var counts = new TreeMap<String, Integer>();
    int total = 0;
    for (var node : occupancy.nodes()) {
      if (node.exists()) {
        total++;
        fit.obstacle(node).reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum));
      }
    }
    return total == 0 ? "no nodes available to schedule pods" : message(total, counts);
  }

  static String message(int total, Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .sorted()
        .collect(Collectors.joining(", ", "0/" + total + " nodes are available: ", "."));
  }

  static long existing(Collection<NodeRoom> nodes) {
    return nodes.stream().filter(NodeRoom::exists).count();
  }
}
