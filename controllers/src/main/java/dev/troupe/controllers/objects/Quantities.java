package dev.troupe.controllers.objects;

import dev.troupe.api.resource.Quantity;
import org.jspecify.annotations.Nullable;

/// Amounts as objects carry them, read with Kubernetes' own rules and bounds.
public final class Quantities {

  private static final Quantity ZERO = Quantity.parse("0");
  private static final Quantity BOUNDLESS = Quantity.parse("1e1000");

  private Quantities() {}

  /// Zero if there is none. One that would not be accepted today is more than anybody has.
  public static Quantity of(io.fabric8.kubernetes.api.model.@Nullable Quantity quantity) {
    if (quantity == null || quantity.getAmount() == null) {
      return ZERO;
    }
    try {
      var format = quantity.getFormat();
      return Quantity.parse(format == null ? quantity.getAmount() : quantity.getAmount() + format);
    } catch (IllegalArgumentException _) {
      return BOUNDLESS;
    }
  }
}
