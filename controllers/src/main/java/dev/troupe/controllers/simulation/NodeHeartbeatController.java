package dev.troupe.controllers.simulation;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Nodes;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/// What the kubelets of simulated nodes say of these: renews their leases and keeps their
/// conditions. A node that was made unreachable says nothing any more.
public final class NodeHeartbeatController implements Controller<Node> {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final String TIMER = "heartbeat";
  private static final String LEASES = "kube-node-lease";
  private static final int LEASE_SECONDS = 40;

  @Override
  public Class<Node> resource() {
    return Node.class;
  }

  @Override
  public String name() {
    return "node-heartbeat";
  }

  @Override
  public String fieldManager() {
    return WriterNames.KUBELET;
  }

  @Override
  public Manner manner() {
    return Manner.MERGED;
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
    var mode = SimulatedNodes.mode(node);
    if (mode == SimulatedNodes.Mode.UNREACHABLE) {
      return Plan.nothing();
    }
    boolean due =
        view.timer(TIMER).isEmpty()
            || (cause instanceof Cause.TimerFired(var timer) && timer.equals(TIMER));
    var plan = Plan.nothing().timer(TIMER, INTERVAL);
    // A lease that is refused, because its namespace is gone, is tried again in its time.
    if (due && !(cause instanceof Cause.Failed)) {
      plan = plan.apply(lease(node, view.now()));
    }
    boolean ready = mode == SimulatedNodes.Mode.READY;
    var status = new NodeHealth(node, view.now()).status(ready);
    return status.equals(node.getStatus()) ? plan : note(plan, node, ready).status(status);
  }

  private static Plan note(Plan plan, Node node, boolean ready) {
    var before = Nodes.readiness(node);
    if (before.isEmpty() || before.equals("True") == ready) {
      return plan;
    }
    var what = ready ? "NodeReady" : "NodeNotReady";
    return plan.event(what, "Node " + node.getMetadata().getName() + " status is now: " + what);
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
}
