package dev.troupe.controllers.simulation;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.ObjectTree;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reports for every simulated node that it works: renews its lease and keeps its conditions. A
/// node that was made to fail does neither, is reported not ready and takes no more pods.
public final class NodeHeartbeatController implements Controller<Node> {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final String TIMER = "heartbeat";
  private static final String LEASES = "kube-node-lease";
  private static final int LEASE_SECONDS = 40;
  private static final String NOT_READY_TAINT = "node.kubernetes.io/not-ready";

  @Override
  public Class<Node> resource() {
    return Node.class;
  }

  @Override
  public String name() {
    return "node-heartbeat";
  }

  @Override
  public String component() {
    return "kubelet";
  }

  @Override
  public void observe(Observe<Node> on) {
    on.where(SimulatedNodes::isSimulated);
  }

  @Override
  public Plan reconcile(Node node, View view, Cause cause) {
    if (!SimulatedNodes.isSimulated(node) || node.getMetadata().getDeletionTimestamp() != null) {
      return Plan.nothing();
    }
    boolean works = !SimulatedNodes.isFailed(node);
    boolean due =
        view.timer(TIMER).isEmpty()
            || (cause instanceof Cause.TimerFired(var timer) && timer.equals(TIMER));
    var plan = Plan.nothing();
    if (works && due) {
      plan = plan.apply(lease(node, view.now()));
    }
    if (isTainted(node) == works) {
      plan = plan.write(taint(node, !works));
    }
    var status = new NodeHealth(node, view.now()).status(works);
    if (!status.equals(node.getStatus())) {
      plan = plan.status(status);
    }
    return works ? plan.timer(TIMER, INTERVAL) : plan;
  }

  private static Lease lease(Node node, Instant now) {
    var name = node.getMetadata().getName();
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(LEASES)
        .addToOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(name)
                .withUid(node.getMetadata().getUid())
                .build())
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(name)
        .withLeaseDurationSeconds(LEASE_SECONDS)
        .withRenewTime(now.atZone(ZoneOffset.UTC))
        .endSpec()
        .build();
  }

  private static boolean isTainted(Node node) {
    return taints(node).stream().anyMatch(t -> t.getKey().equals(NOT_READY_TAINT));
  }

  private static Write taint(Node node, boolean tainted) {
    var taints = new ArrayList<>(taints(node));
    taints.removeIf(t -> t.getKey().equals(NOT_READY_TAINT));
    if (tainted) {
      var taint = new Taint();
      taint.setKey(NOT_READY_TAINT);
      taint.setEffect("NoSchedule");
      taints.add(taint);
    }
    return new Write.Patch(
        Keys.of(node),
        "",
        Map.of("spec", Map.of("taints", ObjectTree.list(taints))),
        node.getMetadata().getUid(),
        node.getMetadata().getResourceVersion());
  }

  private static List<Taint> taints(Node node) {
    var taints = node.getSpec() == null ? null : node.getSpec().getTaints();
    return taints == null ? List.of() : taints;
  }
}
