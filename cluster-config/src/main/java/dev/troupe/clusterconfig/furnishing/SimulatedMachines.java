package dev.troupe.clusterconfig.furnishing;

import dev.troupe.controllers.simulation.SimulatedNodes;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Worker nodes that exist in name only, as objects that can be written.
public final class SimulatedMachines {

  private SimulatedMachines() {}

  /// The first so many, as they register themselves.
  public static List<ObjectNode> described(int count) {
    var nodes = new SimulatedNodes(SimulatedNodes.DEFAULT_PODS_PER_NODE);
    return IntStream.rangeClosed(1, count)
        .mapToObj(nodes::describe)
        .map(node -> (ObjectNode) JsonMapper.shared().valueToTree(node))
        .toList();
  }
}
