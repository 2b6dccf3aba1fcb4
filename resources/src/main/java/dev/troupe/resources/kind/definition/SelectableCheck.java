package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The fields by which objects can be selected.
final class SelectableCheck {

  private static final int MAX = 8;
  private static final List<String> SCALARS = List.of("string", "boolean", "integer");
  private static final Pattern DOT = Pattern.compile("\\.");

  private SelectableCheck() {}

  static void check(ObjectNode version, Path base, FieldErrors errors) {
    var fields = Json.objects(version, "selectableFields");
    var schema = Json.object(Json.object(version, "schema"), "openAPIV3Schema");
    var path = base.child("selectableFields");
    var seen = new HashSet<String>();
    for (int i = 0; i < fields.size(); i++) {
      var at = path.item(i).child("jsonPath");
      var text = Json.text(fields.get(i), "jsonPath");
      if (text.isEmpty()) {
        errors.required(at, "");
        continue;
      }
      var found = text.startsWith(".") ? find(schema, text.substring(1)) : null;
      if (found == null) {
        errors.invalid(at, text, "is an invalid path: does not refer to a valid field");
        continue;
      }
      if (text.startsWith(".metadata.") || text.equals(".metadata")) {
        errors.invalid(at, text, "must not point to fields in metadata");
      }
      if (!SCALARS.contains(Json.text(found, "type"))) {
        errors.invalid(
            at,
            text,
            "must point to a field of type string, boolean or integer. Enum string fields and"
                + " strings with formats are allowed.");
      }
      if (!seen.add(text)) {
        errors.duplicate(at, text);
      }
    }
    if (seen.size() > MAX) {
      errors.tooMany(path, seen.size(), MAX);
    }
  }

  private static @Nullable ObjectNode find(@Nullable ObjectNode schema, String path) {
    var at = schema;
    for (var name : DOT.split(path, -1)) {
      at = Json.object(Json.object(at, "properties"), name);
    }
    return at;
  }
}
