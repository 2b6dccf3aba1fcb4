package dev.troupe.testkit;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A kind of a test's own, of which no definition says anything.
@Group("home.example.com")
@Version("v1")
public final class Fridge extends CustomResource<Fridge.Spec, Fridge.State> implements Namespaced {

  private static final long serialVersionUID = 1;

  public record Spec(double targetCelsius) {}

  public record State(String compressor) {}

  static Fridge of(String name, double targetCelsius) {
    var fridge = new Fridge();
    fridge.setMetadata(new ObjectMetaBuilder().withNamespace("default").withName(name).build());
    fridge.setSpec(new Spec(targetCelsius));
    return fridge;
  }

  @Override
  protected Spec initSpec() {
    return new Spec(0);
  }

  @Override
  protected @Nullable State initStatus() {
    return null;
  }
}
