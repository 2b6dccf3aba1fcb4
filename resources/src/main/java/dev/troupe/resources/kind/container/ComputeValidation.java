package dev.troupe.resources.kind.container;

import dev.troupe.api.resource.Quantity;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a container requests and is limited to.
public final class ComputeValidation {

  private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");

  private ComputeValidation() {}

  public static void check(@Nullable ObjectNode resources, Path path, FieldErrors errors) {
    var limits = Json.object(resources, "limits");
    amounts(limits, path.child("limits"), errors);
    var requests = Json.object(resources, "requests");
    amounts(requests, path.child("requests"), errors);
    for (var request : Json.entries(resources, "requests")) {
      var name = request.getKey();
      var limit = Json.text(limits, name);
      var wanted = request.getValue().asString("");
      if (!limit.isEmpty() && amount(wanted).compareTo(amount(limit)) > 0) {
        errors.invalid(
            path.child("requests"),
            wanted,
            "must be less than or equal to " + name + " limit of " + limit);
      }
    }
  }

  private static void amounts(@Nullable ObjectNode amounts, Path path, FieldErrors errors) {
    if (amounts == null) {
      return;
    }
    for (var entry : amounts.properties()) {
      var name = entry.getKey();
      var at = path.key(name);
      Names.qualified(name).ifPresent(wrong -> errors.invalid(at, name, wrong));
      if (!name.contains("/") && !STANDARD.contains(name) && !name.startsWith("hugepages-")) {
        errors.invalid(at, name, "must be a standard resource type or fully qualified");
        errors.invalid(at, name, "must be a standard resource for containers");
      }
      var text = entry.getValue().asString("");
      if (amount(text).signum() < 0) {
        errors.invalid(at, text, "must be greater than or equal to 0");
      }
    }
  }

  private static BigDecimal amount(String text) {
    try {
      return Quantity.parse(text).amount();
    } catch (IllegalArgumentException _) {
      return BigDecimal.ZERO;
    }
  }
}
