package dev.troupe.samples.refrigerator;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Observe.Ref;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Simulates a thermometer: what it shows goes down while the compressor of its refrigerator is on,
/// and up while it is off or the door is open, until it is as warm as the room.
public final class ThermometerController implements Controller<Thermometer> {

  static final Duration EVERY = Duration.ofSeconds(10);

  private static final double COOLED_A_SECOND = 0.2;
  private static final double WARMED_A_SECOND = 0.05;
  private static final double COLDEST = -30;
  private static final double MILLIS = 1_000;
  private static final double TENTHS = 10;

  @Override
  public Class<Thermometer> resource() {
    return Thermometer.class;
  }

  @Override
  public String name() {
    return "thermometer";
  }

  @Override
  public void observe(Observe<Thermometer> on) {
    on.refers(
        Refrigerator.class,
        thermometer ->
            List.of(
                new Ref(
                    thermometer.getMetadata().getNamespace(),
                    thermometer.getMetadata().getName())));
  }

  /// How cold it is follows from what it was, and how long ago: asked again at the same time it
  /// says the same.
  @Override
  public Plan reconcile(Thermometer thermometer, View view, Cause cause) {
    var room = thermometer.getSpec().roomCelsius();
    var known = thermometer.getStatus();
    var name = thermometer.getMetadata().getName();
    var fridge = view.get(Refrigerator.class, name).map(Refrigerator::getStatus);
    boolean cools = fridge.filter(seen -> seen.compressorOn() && !seen.lightOn()).isPresent();
    return shown(known, room, cools, view.now()).timer("measure", EVERY);
  }

  private static Plan shown(
      Thermometer.@Nullable Status known, double room, boolean cools, Instant now) {
    if (known == null) {
      return Plan.nothing().status(new Thermometer.Status(room, now.toString()));
    }
    var since = Duration.between(Instant.parse(known.at()), now);
    if (since.compareTo(EVERY) < 0) {
      return Plan.nothing();
    }
    double seconds = since.toMillis() / MILLIS;
    double celsius =
        cools
            ? Math.max(COLDEST, known.celsius() - COOLED_A_SECOND * seconds)
            : Math.min(room, known.celsius() + WARMED_A_SECOND * seconds);
    double rounded = Math.round(celsius * TENTHS) / TENTHS;
    return Plan.nothing().status(new Thermometer.Status(rounded, now.toString()));
  }
}
