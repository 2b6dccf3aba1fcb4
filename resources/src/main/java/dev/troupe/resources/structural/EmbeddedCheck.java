package dev.troupe.resources.structural;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.MetadataValidation;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whole objects inside of others: they have a type, and metadata as objects have it.
final class EmbeddedCheck {

  private EmbeddedCheck() {}

  static void check(JsonNode value, Structural schema, Path path, FieldErrors errors) {
    if (schema.embedded() && value instanceof ObjectNode object) {
      resource(object, path, errors);
    }
    schema.below(value, path, (below, its, at) -> check(below, its, at, errors));
  }

  private static void resource(ObjectNode object, Path path, FieldErrors errors) {
    if (filled(object, "apiVersion", path, errors)) {
      var apiVersion = Json.text(object, "apiVersion");
      if (apiVersion.chars().filter(c -> c == '/').count() > 1) {
        errors.invalid(
            path.child("apiVersion"), apiVersion, "unexpected GroupVersion string: " + apiVersion);
      }
    }
    if (filled(object, "kind", path, errors)) {
      var kind = Json.text(object, "kind");
      Names.label1035(kind.toLowerCase(Locale.ROOT))
          .ifPresent(wrong ->
              errors.invalid(
                  path.child("kind"),
                  kind,
                  "may have mixed case, but should otherwise match: " + wrong));
    }
    var metadata = Json.object(object, "metadata");
    if (metadata != null) {
      MetadataValidation.checkEmbedded(metadata, path.child("metadata"), errors);
    }
  }

  private static boolean filled(ObjectNode object, String field, Path path, FieldErrors errors) {
    if (!object.has(field)) {
      errors.required(path.child(field), "");
      return false;
    }
    if (Json.text(object, field).isEmpty()) {
      errors.invalid(path.child(field), "", "must not be empty");
      return false;
    }
    return true;
  }
}
