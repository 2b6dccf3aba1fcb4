package dev.troupe.controllers.simulation;

import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import java.time.Duration;
import java.time.Instant;

/// The conditions of a simulated node. Their heartbeat times move only every few minutes; the lease
/// is what is renewed often.
final class NodeHealth {

  private static final Duration REPORT_INTERVAL = Duration.ofMinutes(5);

  private final Node node;
  private final Instant now;

  NodeHealth(Node node, Instant now) {
    this.node = node;
    this.now = now;
  }

  NodeStatus status(boolean ready) {
    var present = node.getStatus() == null ? new NodeStatus() : node.getStatus();
    return new NodeStatusBuilder(present)
        .withConditions(
            condition(
                "MemoryPressure",
                "False",
                "KubeletHasSufficientMemory",
                "kubelet has sufficient memory available"),
            condition(
                "DiskPressure",
                "False",
                "KubeletHasNoDiskPressure",
                "kubelet has no disk pressure"),
            condition(
                "PIDPressure",
                "False",
                "KubeletHasSufficientPID",
                "kubelet has sufficient PID available"),
            ready
                ? condition("Ready", "True", "KubeletReady", "kubelet is posting ready status")
                : condition(
                    "Ready",
                    "False",
                    "KubeletNotReady",
                    "the node is annotated with " + SimulatedNodes.NOT_READY))
        .build();
  }

  private NodeCondition condition(String type, String status, String reason, String message) {
    var before = Nodes.condition(node, type).filter(c -> c.getStatus().equals(status));
    var reported =
        before
            .map(c -> ObjectTimes.parse(c.getLastHeartbeatTime()))
            .filter(time -> time.plus(REPORT_INTERVAL).isAfter(now))
            .orElse(now);
    var condition = new NodeCondition();
    condition.setType(type);
    condition.setStatus(status);
    condition.setReason(reason);
    condition.setMessage(message);
    condition.setLastHeartbeatTime(ObjectTimes.format(reported));
    condition.setLastTransitionTime(
        before.map(NodeCondition::getLastTransitionTime).orElse(ObjectTimes.format(now)));
    return condition;
  }
}
