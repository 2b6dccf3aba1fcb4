package dev.troupe.testkit;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;

/// Keeps a fridge cold, defrosts it twice a day, and switches it off before it goes.
public class FridgeController implements Controller<Fridge> {

  public record Switch(String id, boolean on) implements Activity {}

  public record Defrost(String id) implements Activity {}

  @Override
  public Class<Fridge> resource() {
    return Fridge.class;
  }

  @Override
  public String name() {
    return "fridge";
  }

  @Override
  public String finalizer() {
    return "home.example.com/fridge";
  }

  @Override
  public void observe(Observe<Fridge> on) {
    on.owns(ConfigMap.class);
  }

  @Override
  public Plan reconcile(Fridge fridge, View view, Cause cause) {
    var name = fridge.getMetadata().getName();
    if (cause instanceof Cause.Deleting) {
      return Plan.nothing().call(new Switch(name, false)).release();
    }
    var on = new Switch(name, true);
    var plan =
        Plan.nothing()
            .own(label(fridge))
            .call(on)
            .timer("defrost", Duration.ofHours(12))
            .status(new Fridge.State(view.result(on).isPresent() ? "on" : "off"));
    if (cause instanceof Cause.TimerFired) {
      plan = plan.call(new Defrost(name + view.now())).event("Defrosted", "as twice a day");
    }
    return view.result(on).isPresent() ? plan : plan.waitFor("compressor", "it is switched on");
  }

  private static ConfigMap label(Fridge fridge) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(fridge.getMetadata().getNamespace())
        .withName(fridge.getMetadata().getName() + "-label")
        .endMetadata()
        .addToData("celsius", Double.toString(fridge.getSpec().targetCelsius()))
        .build();
  }
}
