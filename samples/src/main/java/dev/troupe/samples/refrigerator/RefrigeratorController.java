package dev.troupe.samples.refrigerator;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Observe.Ref;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import java.time.Duration;
import java.util.List;

/// Keeps a cabinet at the wanted temperature while nobody is home, lights it while the door is
/// open, and defrosts it twice a day.
public final class RefrigeratorController implements Controller<Refrigerator> {

  static final Duration DEFROST = Duration.ofHours(12);

  private static final String TIMER = "defrost";
  private static final double ROOM = 20;

  @Override
  public Class<Refrigerator> resource() {
    return Refrigerator.class;
  }

  @Override
  public String name() {
    return "refrigerator";
  }

  @Override
  public String finalizer() {
    return "home.troupe.dev/compressor";
  }

  @Override
  public void observe(Observe<Refrigerator> on) {
    on.watches(
        Thermometer.class,
        thermometer ->
            List.of(
                new Ref(
                    thermometer.getMetadata().getNamespace(),
                    thermometer.getMetadata().getName())));
  }

  @Override
  public Plan reconcile(Refrigerator fridge, View view, Cause cause) {
    var name = fridge.getMetadata().getName();
    if (cause instanceof Cause.Deleting) {
      return Plan.nothing().call(new SwitchCompressor(name, false)).release();
    }
    double target = fridge.getSpec().targetCelsius();
    double celsius =
        view.get(Thermometer.class, name)
            .map(Thermometer::getStatus)
            .map(Thermometer.Status::celsius)
            .orElse(ROOM);
    boolean cools = celsius > target;
    var plan =
        Plan.nothing()
            .status(new Refrigerator.Status(celsius, cools, fridge.getSpec().doorOpen()))
            .call(new SwitchCompressor(name, cools))
            .timer(TIMER, DEFROST);
    if (cause instanceof Cause.TimerFired(var timer) && timer.equals(TIMER)) {
      plan = plan.call(new Defrost(name, view.now().toString()));
    }
    return cools
        ? plan.waitFor("temperature", "%.1f °C, wanted %.1f °C".formatted(celsius, target))
        : plan;
  }
}
