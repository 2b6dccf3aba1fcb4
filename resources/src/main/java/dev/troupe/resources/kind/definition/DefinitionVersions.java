package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.definition.schema.SchemaCheck;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The versions of a type. What they all have in common is blamed once, in the place where it stood
/// in the first version of this API.
final class DefinitionVersions {

  private static final Path PATH = Path.SPEC.child("versions");
  private static final int MAX_WARNING = 256;

  private DefinitionVersions() {}

  static void check(List<ObjectNode> versions, FieldErrors errors) {
    for (int i = 0; i < versions.size(); i++) {
      if (!Json.has(Json.object(versions.get(i), "schema"), "openAPIV3Schema")) {
        errors.required(PATH.item(i).child("schema").child("openAPIV3Schema"), "");
      }
    }
    boolean oneSchema = inCommon(versions, "schema");
    boolean onePart = inCommon(versions, "subresources");
    boolean oneTable = inCommon(versions, "additionalPrinterColumns");
    boolean oneChoice = oneSchema && inCommon(versions, "selectableFields");
    for (int i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      var path = PATH.item(i);
      var name = Json.text(version, "name");
      Names.label1035(name).ifPresent(wrong -> errors.invalid(path.child("name"), name, wrong));
      deprecation(version, path, errors);
      boolean first = i == 0;
      if (first || !oneSchema) {
        schema(version, oneSchema ? Path.SPEC.child("validation") : path.child("schema"), errors);
      }
      if (first || !onePart) {
        var at = (onePart ? Path.SPEC : path).child("subresources");
        ScaleCheck.check(Json.object(version, "subresources"), at, errors);
      }
      if (first || !oneTable) {
        var at = (oneTable ? Path.SPEC : path).child("additionalPrinterColumns");
        ColumnCheck.check(version, at, errors);
      }
      if (first || !oneChoice) {
        SelectableCheck.check(version, (oneChoice ? Path.SPEC : path), errors);
      }
    }
  }

  private static boolean inCommon(List<ObjectNode> versions, String field) {
    return versions.stream()
        .allMatch(version ->
            Json.has(version, field)
                && Json.same(version.get(field), versions.getFirst().get(field)));
  }

  private static void schema(ObjectNode version, Path path, FieldErrors errors) {
    var schema = Json.object(Json.object(version, "schema"), "openAPIV3Schema");
    if (schema != null) {
      boolean hasStatus = Json.has(Json.object(version, "subresources"), "status");
      SchemaCheck.check(schema, hasStatus, path.child("openAPIV3Schema"), errors);
    }
  }

  private static void deprecation(ObjectNode version, Path path, FieldErrors errors) {
    if (!Json.has(version, "deprecationWarning")) {
      return;
    }
    var text = Json.text(version, "deprecationWarning");
    var at = path.child("deprecationWarning");
    if (!Json.truth(version, "deprecated")) {
      errors.invalid(at, text, "can only be set for deprecated versions");
    } else if (text.isEmpty()) {
      errors.invalid(at, text, "must not be an empty string");
    } else if (text.length() > MAX_WARNING) {
      errors.invalid(at, text, "must be <= 256 characters long");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        errors.invalid(
            at,
            text,
            "must only contain printable UTF-8 characters; non-printable character found at index "
                + i);
        return;
      }
    }
  }
}
