package dev.troupe.clients.operator;

import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A shop with a sign, sellers and a door.
@Group("java.example.com")
@Version("v1")
@ShortNames("shp")
@SuppressWarnings("serial")
public final class Shop extends CustomResource<Shop.Spec, Shop.Status> implements Namespaced {

  private static final long serialVersionUID = 1;

  /// What is wanted.
  @ValidationRule(
      value = "!self.open || self.sellers > 0",
      message = "a shop without sellers cannot be open")
  public static final class Spec {
    @Required public String sign = "";

    @Min(0)
    @Max(9)
    @Default("1")
    public int sellers = 1;

    @Default("false")
    public boolean open;
  }

  /// What there is.
  public static final class Status {
    @PrinterColumn(name = "READY")
    public int ready;

    public boolean open;
  }
}
