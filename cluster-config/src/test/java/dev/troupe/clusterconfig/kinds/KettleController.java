package dev.troupe.clusterconfig.kinds;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;

/// Heats at once.
final class KettleController implements Controller<Kettle> {

  private static final int HOT = 50;

  @Override
  public Class<Kettle> resource() {
    return Kettle.class;
  }

  @Override
  public String name() {
    return "kettle";
  }

  @Override
  public Plan reconcile(Kettle kettle, View view, Cause cause) {
    int celsius = kettle.getSpec().celsius();
    return Plan.nothing().status(new Kettle.Status(celsius, celsius >= HOT));
  }
}
