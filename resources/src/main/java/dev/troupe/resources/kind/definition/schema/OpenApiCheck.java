package dev.troupe.resources.kind.definition.schema;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What of OpenAPI a schema may use, and how its extensions go together.
final class OpenApiCheck {

  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");
  private static final List<String> UNSUPPORTED =
      List.of("additionalItems", "patternProperties", "definitions", "dependencies", "$ref");
  private static final Set<String> OF_RESOURCES = Set.of("metadata", "kind", "apiVersion");

  /// @param noDefault why there may be no default; empty if there may
  /// @param inMeta whether it is about type or metadata of a resource
  private record Surroundings(String noDefault, boolean inMeta, boolean isRoot) {

    Surroundings below() {
      return new Surroundings(noDefault, inMeta, false);
    }
  }

  private final FieldErrors errors;

  private OpenApiCheck(FieldErrors errors) {
    this.errors = errors;
  }

  static void check(ObjectNode schema, Path path, FieldErrors errors) {
    new OpenApiCheck(errors).schema(schema, path, new Surroundings("", false, true));
  }

  private void schema(ObjectNode schema, Path path, Surroundings around) {
    fields(schema, path, around);
    others(schema, path, around);
    for (var property : Json.entries(schema, "properties")) {
      if (property.getValue() instanceof ObjectNode node) {
        var name = property.getKey();
        schema(node, path.child("properties").key(name), property(schema, name, around));
      }
    }
    below(Json.get(schema, "not"), path.child("not"), around);
    for (var field : List.of("allOf", "oneOf", "anyOf")) {
      int index = 0;
      for (var part : Json.objects(schema, field)) {
        schema(part, path.child(field).item(index++), around.below());
      }
    }
    below(Json.get(schema, "items"), path.child("items"), around);
    ListTypeCheck.check(schema, path, errors);
  }

  private static Surroundings property(ObjectNode schema, String name, Surroundings around) {
    boolean isResource = around.isRoot() || Json.truth(schema, "x-kubernetes-embedded-resource");
    if (!isResource || !OF_RESOURCES.contains(name)) {
      return around.below();
    }
    return new Surroundings(
        around.isRoot() ? "in top-level " + name : around.noDefault(), true, false);
  }

  private void below(@Nullable JsonNode node, Path path, Surroundings around) {
    if (node instanceof ObjectNode schema) {
      schema(schema, path, around.below());
    }
  }

  private void others(ObjectNode schema, Path path, Surroundings around) {
    var others = Json.get(schema, "additionalProperties");
    var at = path.child("additionalProperties");
    if (others == null) {
      return;
    }
    if (Json.has(schema, "properties") && !(others.isBoolean() && others.booleanValue())) {
      errors.forbidden(at, "additionalProperties and properties are mutual exclusive");
    }
    below(
        others,
        at,
        around.inMeta()
            ? new Surroundings(
                "inside additionalProperties applying to object metadata", true, false)
            : around);
  }

  private void fields(ObjectNode schema, Path path, Surroundings around) {
    var type = Json.text(schema, "type");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      errors.notSupported(path.child("type"), type, TYPES);
    }
    if (Json.has(schema, "default") && !around.noDefault().isEmpty()) {
      errors.forbidden(path.child("default"), "must not be set " + around.noDefault());
    }
    if (!Json.text(schema, "id").isEmpty()) {
      errors.forbidden(path.child("id"), "id is not supported");
    }
    for (var field : UNSUPPORTED) {
      if (Json.has(schema, field)) {
        errors.forbidden(path.child(field), field + " is not supported");
      }
    }
    forbidden(schema, type, path, around);
  }

  private void forbidden(ObjectNode schema, String type, Path path, Surroundings around) {
    if (type.equals("null")) {
      errors.forbidden(
          path.child("type"), "type cannot be set to null, use nullable as an alternative");
    }
    if (Json.list(schema, "items") != null) {
      errors.forbidden(path.child("items"), "items must be a schema object and not an array");
    }
    if (around.inMeta() && Json.truth(schema, "x-kubernetes-embedded-resource")) {
      errors.forbidden(
          path.child("x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
    }
    if (Json.truth(schema, "uniqueItems")) {
      errors.forbidden(
          path.child("uniqueItems"),
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    var preserve = Json.get(schema, "x-kubernetes-preserve-unknown-fields");
    if (preserve != null && !preserve.asBoolean(true)) {
      errors.invalid(
          path.child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
    }
  }
}
