package dev.troupe.resources.kind.definition.schema;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Whether everything that alternatives speak of is there where the structure is said.
final class CompletenessCheck {

  private final FieldErrors errors;

  private CompletenessCheck(FieldErrors errors) {
    this.errors = errors;
  }

  static void check(ObjectNode schema, Path path, FieldErrors errors) {
    new CompletenessCheck(errors).rules(schema, schema, path, path);
  }

  /// @param rules which have alternatives
  /// @param structure null if there is none for them
  private void rules(ObjectNode rules, @Nullable ObjectNode structure, Path at, Path path) {
    part(Json.object(rules, "not"), structure, at, path.child("not"));
    for (var field : List.of("allOf", "anyOf", "oneOf")) {
      var parts = Json.objects(rules, field);
      for (int i = 0; i < parts.size(); i++) {
        part(parts.get(i), structure, at, path.child(field).item(i));
      }
    }
  }

  /// @param at where the structure is
  /// @param path where the part is
  private void part(@Nullable ObjectNode part, @Nullable ObjectNode structure, Path at, Path path) {
    if (part == null) {
      return;
    }
    if (structure == null) {
      missing(at, path);
      return;
    }
    rules(part, structure, at, path);
    part(
        Json.object(part, "items"),
        Json.object(structure, "items"),
        at.child("items"),
        path.child("items"));
    for (var property : Json.entries(part, "properties")) {
      var name = property.getKey();
      var known = Json.object(Json.object(structure, "properties"), name);
      var knownAt = at.child("properties").key(name);
      var partPath = path.child("properties").key(name);
      if (known == null) {
        missing(knownAt, partPath);
      } else if (property.getValue() instanceof ObjectNode node) {
        part(node, known, knownAt, partPath);
      }
    }
  }

  private void missing(Path at, Path path) {
    errors.required(at, "because it is defined in " + path);
  }
}
