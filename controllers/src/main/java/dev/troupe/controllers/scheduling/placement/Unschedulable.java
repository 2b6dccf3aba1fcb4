package dev.troupe.controllers.scheduling.placement;

import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Why no node takes a pod: how many nodes have which reason, and which might if pods were gone.
///
/// @param passing the nodes with reasons that might pass
public record Unschedulable(int nodes, Map<String, Integer> reasons, List<NodeRoom> passing) {

  public static Unschedulable of(Fit fit, Occupancy occupancy) {
    var reasons = new TreeMap<String, Integer>();
    var passing = new ArrayList<NodeRoom>();
    int nodes = 0;
    for (var node : occupancy.nodes()) {
      if (node.exists()) {
        nodes++;
        var obstacle = fit.obstacle(node);
        count(reasons, obstacle);
        if (obstacle.isPassing()) {
          passing.add(node);
        }
      }
    }
    return new Unschedulable(nodes, reasons, passing);
  }

  static void count(Map<String, Integer> reasons, Obstacle obstacle) {
    obstacle.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
  }

  /// In Kubernetes' words.
  public String message() {
    return nodes == 0 ? "no nodes available to schedule pods" : message(nodes, reasons);
  }

  static String message(int nodes, Map<String, Integer> reasons) {
    return reasons.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .sorted()
        .collect(Collectors.joining(", ", "0/" + nodes + " nodes are available: ", "."));
  }
}
