package dev.troupe.samples.refrigerator;

import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// What measures how cold a refrigerator is: the one of its name.
@Group("home.troupe.dev")
@Version("v1")
@SuppressWarnings("serial")
public final class Thermometer extends CustomResource<Thermometer.Spec, Thermometer.Status>
    implements Namespaced {

  /// How it is around it.
  public record Spec(double roomCelsius) {}

  /// What it shows.
  ///
  /// @param at when it was measured
  public record Status(@PrinterColumn(name = "CELSIUS") double celsius, String at) {}
}
