package dev.troupe.resources.kind.definition.schema;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What lists and maps mean, and whether what they are made of allows it.
final class ListTypeCheck {

  private static final String LIST = "x-kubernetes-list-type";
  private static final String KEYS = "x-kubernetes-list-map-keys";
  private static final String MAP = "x-kubernetes-map-type";

  private final ObjectNode schema;
  private final @Nullable ObjectNode items;
  private final String list;
  private final Path path;
  private final FieldErrors errors;

  private ListTypeCheck(ObjectNode schema, Path path, FieldErrors errors) {
    this.schema = schema;
    this.items = Json.object(schema, "items");
    this.list = Json.text(schema, LIST);
    this.path = path;
    this.errors = errors;
  }

  static void check(ObjectNode schema, Path path, FieldErrors errors) {
    var check = new ListTypeCheck(schema, path, errors);
    check.means(MAP, "object", List.of("atomic", "granular"));
    check.means(LIST, "array", List.of("atomic", "set", "map"));
    check.keysGiven();
    if (check.list.equals("set")) {
      check.set();
    } else if (check.list.equals("map")) {
      check.map();
    }
    check.nullableItems();
  }

  private void means(String extension, String type, List<String> values) {
    var value = Json.text(schema, extension);
    if (value.isEmpty()) {
      return;
    }
    var actual = Json.text(schema, "type");
    var words = "must be " + type + " if " + extension + " is specified";
    if (actual.isEmpty()) {
      errors.required(path.child("type"), words);
    } else if (!actual.equals(type)) {
      errors.invalid(path.child("type"), actual, words);
    }
    if (!values.contains(value)) {
      errors.notSupported(path.child(extension), value, values);
    }
  }

  private void keysGiven() {
    var words = "must be map if x-kubernetes-list-map-keys is non-empty";
    if (!Json.strings(schema, KEYS).isEmpty() && list.isEmpty()) {
      errors.required(path.child(LIST), words);
    } else if (!Json.strings(schema, KEYS).isEmpty() && !list.equals("map")) {
      errors.invalid(path.child(LIST), list, words);
    }
  }

  private void set() {
    var type = Json.text(items, "type");
    var words = "must be atomic as item of a list with x-kubernetes-list-type=set";
    var at = path.child("items");
    var listOfItems = Json.text(items, LIST);
    if (type.equals("array") && !listOfItems.isEmpty() && !listOfItems.equals("atomic")) {
      errors.invalid(at.child(LIST), listOfItems, words);
    }
    if (type.equals("object") && !Json.text(items, MAP).equals("atomic")) {
      errors.invalid(at.child(MAP), Json.get(items, LIST), words);
    }
  }

  private void map() {
    var keys = Json.strings(schema, KEYS);
    if (keys.isEmpty()) {
      errors.required(path.child(KEYS), "must not be empty if x-kubernetes-list-type is map");
    }
    if (items == null) {
      errors.required(path.child("items"), "must have a schema if x-kubernetes-list-type is map");
      return;
    }
    var at = path.child("items");
    var type = Json.text(items, "type");
    if (!type.equals("object")) {
      errors.invalid(
          at.child("type"), type, "must be object if parent array's x-kubernetes-list-type is map");
      return;
    }
    var seen = new HashSet<String>();
    for (var key : keys) {
      key(key, at);
      if (!seen.add(key)) {
        errors.invalid(
            path.child(KEYS), Json.get(schema, KEYS), "must not contain duplicate entries");
      }
    }
  }

  private void key(String key, Path at) {
    var property = Json.object(Json.object(items, "properties"), key);
    if (property == null) {
      errors.invalid(
          path.child(KEYS), Json.get(schema, KEYS), "entries must all be names of item properties");
      return;
    }
    var place = at.child("properties").key(key);
    var type = Json.text(property, "type");
    if (type.equals("array") || type.equals("object")) {
      errors.invalid(
          place.child("type"),
          type,
          "must be a scalar type if parent array's x-kubernetes-list-type is map");
    }
    if (!Json.strings(items, "required").contains(key) && !Json.has(property, "default")) {
      errors.required(
          place.child("default"),
          "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
              + " required property");
    }
    if (Json.truth(property, "nullable")) {
      errors.forbidden(
          place.child("nullable"),
          "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
    }
  }

  private void nullableItems() {
    if ((list.equals("set") || list.equals("map")) && Json.truth(items, "nullable")) {
      errors.forbidden(
          path.child("items").child("nullable"),
          "cannot be nullable when x-kubernetes-list-type is " + list);
    }
  }
}
