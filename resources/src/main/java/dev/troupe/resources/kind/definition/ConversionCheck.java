package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How objects get from one version to another.
final class ConversionCheck {

  private static final Path PATH = Path.SPEC.child("conversion");

  private ConversionCheck() {}

  static void check(@Nullable ObjectNode conversion, FieldErrors errors) {
    Checks.requiredOneOf(conversion, "strategy", List.of("None", "Webhook"), PATH, errors);
    if (Json.text(conversion, "strategy").equals("Webhook")) {
      errors.forbidden(
          PATH.child("strategy"),
          "objects are not converted by webhooks yet; use None, by which versions differ in their"
              + " apiVersion alone");
      return;
    }
    var webhook = Json.object(conversion, "webhook");
    if (Json.has(webhook, "clientConfig")) {
      errors.forbidden(
          PATH.child("webhookClientConfig"),
          "should not be set when strategy is not set to Webhook");
    }
    if (!Json.strings(webhook, "conversionReviewVersions").isEmpty()) {
      errors.forbidden(
          PATH.child("conversionReviewVersions"),
          "should not be set when strategy is not set to Webhook");
    }
  }
}
