package dev.troupe.samples.refrigerator;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A cabinet that is to be cold.
@Group("home.troupe.dev")
@Version("v1")
@ShortNames("fridge")
@SuppressWarnings("serial")
public final class Refrigerator extends CustomResource<Refrigerator.Spec, Refrigerator.Status>
    implements Namespaced {

  /// What is wanted.
  public record Spec(
      @Min(-30) @Max(15) @Default("4") @JsonPropertyDescription("How cold it is to be.")
          double targetCelsius,
      boolean doorOpen) {}

  /// What there is.
  public record Status(
      @PrinterColumn(name = "CELSIUS") double celsius,
      @PrinterColumn(name = "COMPRESSOR") boolean compressorOn,
      @PrinterColumn(name = "LIGHT") boolean lightOn) {}
}
