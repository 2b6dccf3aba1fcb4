package dev.troupe.clusterconfig.kinds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// A kettle that is to have a temperature.
@Group("kitchen.example.com")
@Version("v1")
@SuppressWarnings("serial")
public final class Kettle extends CustomResource<Kettle.Spec, Kettle.Status> implements Namespaced {

  private static final long serialVersionUID = 1;

  /// What is wanted.
  public record Spec(@Min(0) @Max(100) int celsius, String colour) {}

  /// What there is.
  public record Status(int celsius, boolean hot) {}
}
