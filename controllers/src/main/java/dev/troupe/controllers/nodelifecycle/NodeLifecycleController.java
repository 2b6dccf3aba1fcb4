package dev.troupe.controllers.nodelifecycle;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.ObjectTree;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says of nodes that have given no sign of life for a while that nothing is known of them, and
/// keeps the taints that follow from nodes' conditions.
public final class NodeLifecycleController implements CollectionController<NodeFleet> {

  private static final Duration GRACE = Duration.ofSeconds(50);
  private static final Duration GRACE_AT_FIRST = Duration.ofSeconds(60);
  private static final String TIMER = "silence";
  private static final String TIMER_AT_FIRST = "silence-at-first";

  @Override
  public String name() {
    return "node-lifecycle";
  }

  @Override
  public String fieldManager() {
    return WriterNames.CONTROLLERS;
  }

  @Override
  public String component() {
    return "node-controller";
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(Node.class, Lease.class);
  }

  @Override
  public NodeFleet initial() {
    return new NodeFleet();
  }

  @Override
  public NodeFleet apply(NodeFleet fleet, Change change) {
    fleet.apply(change);
    return fleet;
  }

  @Override
  public Collection<ResourceKey> concerns(NodeFleet fleet, Change change) {
    return fleet.concerned(change.key());
  }

  @Override
  public Plan decide(NodeFleet fleet, Change latest, Cause cause, Instant now) {
    var node = latest.as(Node.class);
    if (node == null || node.getMetadata().getDeletionTimestamp() != null) {
      return Plan.nothing();
    }
    var silence = new NodeSilence(node);
    boolean atFirst = Nodes.readiness(node).isEmpty();
    var grace = atFirst ? GRACE_AT_FIRST : GRACE;
    var end = fleet.lastSign(node.getMetadata().getName(), now).plus(grace);
    if (silence.isUnknown()) {
      return taint(Plan.nothing(), node, fleet, now);
    }
    if (end.isAfter(now)) {
      // A timer that runs is not set anew: another grace needs another one.
      return taint(Plan.nothing(), node, fleet, now)
          .timer(atFirst ? TIMER_AT_FIRST : TIMER, ObjectTimes.until(end, now));
    }
    // The taints follow from the conditions when these are seen.
    var plan = Plan.nothing().write(silence.report(now));
    return Nodes.readiness(node).equals("True")
        ? plan.event("NodeNotReady", "Node " + latest.key().name() + " status is now: NodeNotReady")
        : plan;
  }

  private static Plan taint(Plan plan, Node node, NodeFleet fleet, Instant now) {
    var name = node.getMetadata().getName();
    var wanted = NodeTaints.wanted(node, fleet.disruption(name), now);
    if (wanted.equals(Nodes.taints(node))) {
      return plan;
    }
    var spec = new HashMap<String, @Nullable Object>();
    spec.put("taints", wanted.isEmpty() ? null : ObjectTree.list(wanted));
    return plan.write(
        new Write.Patch(
            Keys.of(node),
            "",
            Map.of("spec", spec),
            node.getMetadata().getUid(),
            node.getMetadata().getResourceVersion()));
  }
}
