package dev.troupe.controllers.nodelifecycle;

import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.ObjectTree;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A node that has fallen silent: of what its kubelet would report nothing is known.
record NodeSilence(Node node) {

  private static final List<String> REPORTED =
      List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

  /// Whether that is said already.
  boolean isUnknown() {
    return REPORTED.stream()
        .allMatch(type ->
            Nodes.condition(node, type).filter(c -> c.getStatus().equals("Unknown")).isPresent());
  }

  Write report(Instant now) {
    var conditions = new ArrayList<NodeCondition>();
    for (var present : Nodes.conditions(node)) {
      conditions.add(REPORTED.contains(present.getType()) ? unknown(present, now) : present);
    }
    for (var type : REPORTED) {
      if (Nodes.condition(node, type).isEmpty()) {
        conditions.add(neverKnown(type, now));
      }
    }
    return new Write.Patch(
        Keys.of(node),
        "status",
        Map.of("status", Map.of("conditions", ObjectTree.list(conditions))),
        node.getMetadata().getUid(),
        node.getMetadata().getResourceVersion());
  }

  private static NodeCondition unknown(NodeCondition present, Instant now) {
    return present.getStatus().equals("Unknown")
        ? present
        : new NodeConditionBuilder(present)
            .withStatus("Unknown")
            .withReason("NodeStatusUnknown")
            .withMessage("Kubelet stopped posting node status.")
            .withLastTransitionTime(ObjectTimes.format(now))
            .build();
  }

  private NodeCondition neverKnown(String type, Instant now) {
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus("Unknown")
        .withReason("NodeStatusNeverUpdated")
        .withMessage("Kubelet never posted node status.")
        .withLastHeartbeatTime(node.getMetadata().getCreationTimestamp())
        .withLastTransitionTime(ObjectTimes.format(now))
        .build();
  }
}
