package dev.troupe.benchmarks.reconcile;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatusBuilder;

/// Does nothing, or writes into the status what change it has seen last.
public final class ProbeController implements Controller<Service> {

  private static final String ALWAYS = "2026-01-01T00:00:00Z";

  private final ProbeStats stats;
  private final boolean writes;

  public ProbeController(ProbeStats stats, boolean writes) {
    this.stats = stats;
    this.writes = writes;
  }

  @Override
  public Class<Service> resource() {
    return Service.class;
  }

  @Override
  public String name() {
    return "probe";
  }

  @Override
  public Plan reconcile(Service service, View view, Cause cause) {
    var annotations = service.getMetadata().getAnnotations();
    var due = annotations == null ? null : annotations.get(ProbeStats.DUE);
    stats.seen(service.getMetadata().getName(), due);
    return writes && due != null
        ? Plan.nothing()
            .status(
                new ServiceStatusBuilder()
                    .addNewCondition()
                    .withType("Seen")
                    .withStatus("True")
                    .withReason("Seen")
                    .withMessage(due)
                    .withLastTransitionTime(ALWAYS)
                    .endCondition()
                    .build())
        : Plan.nothing();
  }
}
