package dev.troupe.resources.kind.definition.schema;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.structural.ResourceCheck;
import dev.troupe.resources.structural.Structural;
import dev.troupe.resources.structural.StructuralPruning;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;

/// Whether what stands for values that are not given would be accepted if it were given.
final class DefaultCheck {

  private DefaultCheck() {}

  static void check(Structural schema, Path path, FieldErrors errors) {
    if (!schema.defaults()) {
      return;
    }
    var value = schema.defaultValue();
    if (value != null) {
      var at = path.child("default");
      if (!Json.same(StructuralPruning.value(value, schema), value)) {
        errors.invalid(at, value, "must not have unknown fields");
      }
      ResourceCheck.value(value, schema, at, errors);
    }
    if (schema.items() != null) {
      check(schema.items(), path.child("items"), errors);
    }
    for (var property : schema.properties().entrySet()) {
      check(property.getValue(), path.child("properties").key(property.getKey()), errors);
    }
  }
}
