package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The columns that clients print.
final class ColumnCheck {

  private static final List<String> TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

  private ColumnCheck() {}

  static void check(ObjectNode version, Path path, FieldErrors errors) {
    int index = 0;
    for (var column : Json.objects(version, "additionalPrinterColumns")) {
      var at = path.item(index++);
      if (Json.text(column, "name").isEmpty()) {
        errors.required(at.child("name"), "");
      }
      type(column, at, errors);
      var format = Json.text(column, "format");
      if (!format.isEmpty() && !FORMATS.contains(format)) {
        errors.invalid(at.child("format"), format, "must be one of " + String.join(",", FORMATS));
      }
      simplePath(Json.text(column, "jsonPath"), at.child("JSONPath"), errors);
    }
  }

  private static void type(ObjectNode column, Path path, FieldErrors errors) {
    var type = Json.text(column, "type");
    var words = "must be one of " + String.join(",", TYPES);
    if (type.isEmpty()) {
      errors.required(path.child("type"), words);
    } else if (!TYPES.contains(type)) {
      errors.invalid(path.child("type"), type, words);
    }
  }

  /// @return whether it is fine
  static boolean simplePath(String text, Path path, FieldErrors errors) {
    if (text.isEmpty()) {
      errors.required(path, "");
    } else if (!text.startsWith(".")) {
      errors.invalid(path, text, "must be a simple json path starting with .");
    } else {
      return true;
    }
    return false;
  }
}
