package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The names under which a type is known.
final class DefinitionNames {

  private DefinitionNames() {}

  /// Names that are wanted: none is missing.
  static void wanted(@Nullable ObjectNode names, Path path, FieldErrors errors) {
    for (var field : List.of("plural", "singular", "kind", "listKind")) {
      Checks.required(names, field, path, errors);
    }
    check(names, path, errors);
  }

  static void check(@Nullable ObjectNode names, Path path, FieldErrors errors) {
    for (var field : List.of("plural", "singular")) {
      Checks.text(names, field, Names::label1035, path, errors);
    }
    for (var field : List.of("kind", "listKind")) {
      Checks.text(
          names,
          field,
          name ->
              Names.label1035(name.toLowerCase(Locale.ROOT))
                  .map("may have mixed case, but should otherwise match: "::concat),
          path,
          errors);
    }
    labels(names, "shortNames", path, errors);
    var kind = Json.text(names, "kind");
    if (!kind.isEmpty() && kind.equals(Json.text(names, "listKind"))) {
      errors.invalid(path.child("listKind"), kind, "kind and listKind may not be the same");
    }
    labels(names, "categories", path, errors);
  }

  private static void labels(
      @Nullable ObjectNode names, String field, Path path, FieldErrors errors) {
    int index = 0;
    for (var label : Json.strings(names, field)) {
      var at = path.child(field).item(index++);
      Names.label1035(label).ifPresent(wrong -> errors.invalid(at, label, wrong));
    }
  }
}
