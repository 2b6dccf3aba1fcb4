package dev.troupe.api.definition;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;

/// A kind made of records, with everything that can be said of a field.
@Group("light.example.com")
@Version("v1")
@ShortNames("lp")
@SuppressWarnings("serial")
public final class Lamp extends CustomResource<Lamp.Spec, Lamp.Status> implements Namespaced {

  private static final long serialVersionUID = 1;

  /// What is wanted.
  @ValidationRule(value = "!self.on || self.watts > 0", message = "it needs power")
  public record Spec(
      @Required @Pattern("^[a-z]+$") @JsonPropertyDescription("Where it hangs.") String room,
      @Min(0) @Max(100) @Default("40") int watts,
      boolean on,
      List<String> colours,
      Map<String, Integer> scenes) {}

  /// What there is.
  public record Status(@PrinterColumn(name = "LIT") boolean lit) {}
}
