package dev.troupe.resources.kind.definition;

import dev.troupe.resources.conversion.ConversionReview;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How objects get from one version to another.
final class ConversionCheck {

  private static final Path PATH = Path.SPEC.child("conversion");
  private static final Path CLIENT = PATH.child("webhookClientConfig");
  private static final Path REVIEWS = PATH.child("conversionReviewVersions");
  private static final String NOT_SET = "should not be set when strategy is not set to Webhook";

  private ConversionCheck() {}

  static void check(@Nullable ObjectNode conversion, FieldErrors errors) {
    Checks.requiredOneOf(conversion, "strategy", List.of("None", "Webhook"), PATH, errors);
    var webhook = Json.object(conversion, "webhook");
    var client = Json.object(webhook, "clientConfig");
    var reviews = Json.strings(webhook, "conversionReviewVersions");
    if (Json.text(conversion, "strategy").equals("Webhook")) {
      if (client == null) {
        errors.required(CLIENT, "required when strategy is set to Webhook");
      } else {
        HookCheck.check(client, CLIENT, errors);
      }
      reviews(reviews, errors);
      return;
    }
    if (client != null) {
      errors.forbidden(CLIENT, NOT_SET);
    }
    if (!reviews.isEmpty()) {
      errors.forbidden(REVIEWS, NOT_SET);
    }
  }

  private static void reviews(List<String> versions, FieldErrors errors) {
    if (versions.isEmpty()) {
      errors.required(REVIEWS, "");
      return;
    }
    var seen = new HashSet<String>();
    for (int i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      var at = REVIEWS.item(i);
      if (!seen.add(version)) {
        errors.invalid(at, version, "duplicate version");
      } else {
        Names.label1035(version).ifPresent(wrong -> errors.invalid(at, version, wrong));
      }
    }
    if (ConversionReview.version(versions).isEmpty()) {
      var list = Json.array();
      versions.forEach(list::add);
      errors.invalid(REVIEWS, list, "must include at least one of v1, v1beta1");
    }
  }
}
