package dev.troupe.clients.operator;

import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// What the weather will be at a place.
@Group("java.example.com")
@Version("v1")
@SuppressWarnings("serial")
public final class Forecast extends CustomResource<Forecast.Spec, Forecast.Status>
    implements Namespaced {

  private static final long serialVersionUID = 1;

  /// What is wanted.
  public static final class Spec {
    @Required public String place = "";
  }

  /// What is known.
  public static final class Status {
    public String text = "";
    public String problem = "";
    public long observedGeneration;
  }
}
