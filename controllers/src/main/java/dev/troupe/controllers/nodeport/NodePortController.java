package dev.troupe.controllers.nodeport;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Observe.Ref;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Propagation;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Deletes the claim on a node port that its service does not use.
///
/// A number is claimed before the service is stored, and a service may be on its way for a minute.
/// A claim older than that has seen its service come, or nothing comes any more.
public final class NodePortController implements Controller<NodePort> {

  static final Duration PATIENCE = Duration.ofSeconds(75);

  private static final String TIMER = "unused";

  @Override
  public Class<NodePort> resource() {
    return NodePort.class;
  }

  @Override
  public String name() {
    return "node-port";
  }

  @Override
  public String fieldManager() {
    return WriterNames.CONTROLLERS;
  }

  @Override
  public Manner manner() {
    return Manner.MERGED;
  }

  @Override
  public void observe(Observe<NodePort> on) {
    on.refers(
        Service.class,
        claim -> List.of(new Ref(claim.getSpec().namespace(), claim.getSpec().service())));
  }

  @Override
  public Plan reconcile(NodePort claim, View view, Cause cause) {
    boolean used = view.list(Service.class).stream().anyMatch(service -> uses(service, claim));
    var metadata = claim.getMetadata();
    if (used || metadata.getDeletionTimestamp() != null) {
      return Plan.nothing();
    }
    var until = Instant.parse(metadata.getCreationTimestamp()).plus(PATIENCE);
    if (until.isAfter(view.now())) {
      return Plan.nothing()
          .timer(TIMER, Duration.between(view.now(), until))
          .waitFor("service", "no service uses the node port");
    }
    return Plan.nothing()
        .write(
            new Write.Delete(
                Keys.of(claim),
                metadata.getUid(),
                metadata.getResourceVersion(),
                null,
                Propagation.BACKGROUND));
  }

  private static boolean uses(Service service, NodePort claim) {
    var spec = service.getSpec();
    Integer number = claim.number();
    return claim.getSpec().uid().equals(service.getMetadata().getUid())
        && (Objects.equals(spec.getHealthCheckNodePort(), number)
            || (spec.getPorts() != null
                && spec.getPorts().stream()
                    .anyMatch(port -> Objects.equals(port.getNodePort(), number))));
  }
}
