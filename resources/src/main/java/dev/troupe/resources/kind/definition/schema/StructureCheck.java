package dev.troupe.resources.kind.definition.schema;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.structural.text.TextPattern;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a schema is structural: what a value is made of is said in one place, and alternatives
/// add rules alone.
final class StructureCheck {

  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
  private static final String EMBEDDED = "x-kubernetes-embedded-resource";
  private static final Set<String> IN_METADATA = Set.of("name", "generateName");
  private static final Set<String> ABOUT_METADATA = Set.of("type", "properties", "default");

  /// What a part of an alternative may not say, and in which words.
  private static final List<List<String>> FORBIDDEN =
      List.of(
          List.of("type", "must be empty to be structural"),
          List.of("additionalProperties", "must be undefined to be structural"),
          List.of("default", "must be undefined to be structural"),
          List.of("title", "must be empty to be structural"),
          List.of("description", "must be empty to be structural"),
          List.of("nullable", "must be false to be structural"),
          List.of(PRESERVE, "must be false to be structural"),
          List.of(EMBEDDED, "must be false to be structural"),
          List.of(INT_OR_STRING, "must be false to be structural"),
          List.of("x-kubernetes-list-map-keys", "must be empty to be structural"),
          List.of("x-kubernetes-list-type", "must be undefined to be structural"),
          List.of("x-kubernetes-map-type", "must be undefined to be structural"),
          List.of("x-kubernetes-validations", "must be empty to be structural"));

  private enum Level {
    ROOT("must not be empty at the root"),
    ITEM("must not be empty for specified array items"),
    FIELD("must not be empty for specified object fields");

    private final String untyped;

    Level(String untyped) {
      this.untyped = untyped;
    }
  }

  private final FieldErrors errors;

  private StructureCheck(FieldErrors errors) {
    this.errors = errors;
  }

  static void check(ObjectNode schema, Path path, FieldErrors errors) {
    new StructureCheck(errors).structure(schema, Level.ROOT, path);
  }

  private void structure(ObjectNode schema, Level level, Path path) {
    var type = Json.text(schema, "type");
    var items = Json.object(schema, "items");
    if (type.equals("array") && !Json.has(schema, "items")) {
      errors.required(path.child("items"), "must be specified");
    }
    if (items != null) {
      structure(items, Level.ITEM, path.child("items"));
    }
    for (var property : Json.entries(schema, "properties")) {
      if (property.getValue() instanceof ObjectNode node) {
        structure(node, Level.FIELD, path.child("properties").key(property.getKey()));
      }
    }
    others(schema, level, path);
    boolean anyOf = isIntOrString(schema);
    boolean allOf =
        !Json.objects(schema, "allOf").isEmpty()
            && isIntOrString(Json.objects(schema, "allOf").getFirst());
    rules(schema, anyOf, allOf, path);
    type(schema, type, level, path);
    resource(schema, level, path);
  }

  private void others(ObjectNode schema, Level level, Path path) {
    if (Json.has(schema, "additionalProperties")) {
      var at = path.child("additionalProperties");
      if (level == Level.ROOT) {
        errors.forbidden(at, "must not be used at the root");
      }
      if (Json.truth(schema, EMBEDDED)) {
        errors.forbidden(at, "must not be used if x-kubernetes-embedded-resource is set");
      }
      var others = Json.object(schema, "additionalProperties");
      if (others != null) {
        structure(others, Level.FIELD, at);
      }
    }
    for (var extension : List.of(PRESERVE, EMBEDDED)) {
      if (Json.truth(schema, INT_OR_STRING) && Json.truth(schema, extension)) {
        errors.invalid(
            path.child(extension), true, "must be false if x-kubernetes-int-or-string is true");
      }
    }
  }

  private void type(ObjectNode schema, String type, Level level, Path path) {
    var at = path.child("type");
    var words = "must be object if x-kubernetes-embedded-resource is true";
    if (Json.truth(schema, EMBEDDED) && !type.equals("object")) {
      if (type.isEmpty()) {
        errors.required(at, words);
      } else {
        errors.invalid(at, type, words);
      }
    } else if (type.isEmpty()
        && !Json.truth(schema, INT_OR_STRING)
        && !Json.truth(schema, PRESERVE)) {
      errors.required(at, level.untyped);
    }
    if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
      errors.invalid(at, type, "must be object at the root");
    }
  }

  /// What a schema says of type and metadata, which every resource has.
  private void resource(ObjectNode schema, Level level, Path path) {
    var properties = Json.object(schema, "properties");
    boolean isResource = level == Level.ROOT || Json.truth(schema, EMBEDDED);
    for (var field : List.of("kind", "apiVersion")) {
      var property = Json.object(properties, field);
      if (isResource && property != null && !Json.text(property, "type").equals("string")) {
        errors.invalid(
            path.child("properties").key(field).child("type"),
            Json.text(property, "type"),
            "must be string");
      }
    }
    var metadata = Json.object(properties, "metadata");
    if (metadata != null) {
      metadata(metadata, isResource, level, path.child("properties").key("metadata"));
    }
    if (Json.truth(schema, EMBEDDED)
        && !Json.truth(schema, PRESERVE)
        && (properties == null || properties.isEmpty())) {
      errors.required(
          path.child("properties"),
          "must not be empty if x-kubernetes-embedded-resource is true without"
              + " x-kubernetes-preserve-unknown-fields");
    }
  }

  private void metadata(ObjectNode metadata, boolean isResource, Level level, Path path) {
    var type = Json.text(metadata, "type");
    if (isResource && !type.equals("object")) {
      errors.invalid(path.child("type"), type, "must be object");
    }
    var properties = Json.object(metadata, "properties");
    boolean plain =
        ABOUT_METADATA.containsAll(metadata.propertyNames())
            && (properties == null || IN_METADATA.containsAll(properties.propertyNames()));
    if (level == Level.ROOT && !plain) {
      errors.forbidden(
          path,
          "must not specify anything other than name and generateName, but metadata is implicitly"
              + " specified");
    }
  }

  private static boolean isIntOrString(ObjectNode schema) {
    var anyOf = Json.objects(schema, "anyOf");
    return anyOf.size() == 2 && isJust("integer", anyOf.get(0)) && isJust("string", anyOf.get(1));
  }

  private static boolean isJust(String type, ObjectNode schema) {
    return schema.size() == 1 && Json.text(schema, "type").equals(type);
  }

  /// @param typed whether the alternatives are those of an integer or string
  /// @param firstTyped whether those of the first of all are
  private void rules(ObjectNode schema, boolean typed, boolean firstTyped, Path path) {
    if (!typed) {
      all(schema, "anyOf", false, path);
    }
    all(schema, "allOf", firstTyped, path);
    all(schema, "oneOf", false, path);
    part(Json.get(schema, "not"), false, path.child("not"));
    var pattern = Json.text(schema, "pattern");
    if (!pattern.isEmpty()) {
      TextPattern.wrong(pattern)
          .ifPresent(wrong ->
              errors.invalid(
                  path.child("pattern"),
                  pattern,
                  "must be a valid regular expression, but isn't: " + wrong));
    }
  }

  private void all(ObjectNode schema, String field, boolean firstTyped, Path path) {
    var parts = Json.objects(schema, field);
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), firstTyped && i == 0, path.child(field).item(i));
    }
  }

  /// A part of an alternative.
  private void part(@Nullable JsonNode node, boolean typed, Path path) {
    if (!(node instanceof ObjectNode part)) {
      return;
    }
    rules(part, typed, false, path);
    part(Json.get(part, "items"), false, path.child("items"));
    for (var property : Json.entries(part, "properties")) {
      part(property.getValue(), false, path.child("properties").key(property.getKey()));
    }
    for (var forbidden : FORBIDDEN) {
      var value = Json.get(part, forbidden.getFirst());
      boolean says = value != null && !(value.isBoolean() && !value.booleanValue());
      if (says) {
        errors.forbidden(path.child(forbidden.getFirst()), forbidden.getLast());
      }
    }
    if (Json.has(Json.object(part, "properties"), "metadata")) {
      errors.forbidden(
          path.child("properties").key("metadata"), "must not be specified in a nested context");
    }
  }
}
