package dev.troupe.resources.structural;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.structural.Structural.Others;
import dev.troupe.resources.structural.text.GoText;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Holds a value against a schema. What is wrong and was the same before is let through, wherever
/// the value before can be found.
final class ValueCheck {

  private ValueCheck() {}

  /// @param old the value before; null if there is none, or none that can be told to be it
  static Findings check(JsonNode value, @Nullable JsonNode old, Structural schema) {
    return ratcheted(value, old, schema, schema, Path.ROOT);
  }

  /// @param structure the schema that says what the value is made of; null if it is not known
  private static Findings ratcheted(
      JsonNode value,
      @Nullable JsonNode old,
      Structural schema,
      @Nullable Structural structure,
      Path name) {
    var found = plain(value, old, schema, structure, name);
    if (!found.isEmpty() && old != null && Json.same(value, old)) {
      found.pardon();
    }
    return found;
  }

  private static Findings plain(
      JsonNode value,
      @Nullable JsonNode old,
      Structural schema,
      @Nullable Structural structure,
      Path name) {
    var found = new Findings();
    boolean typed = TypeCheck.check(value, schema, name, found);
    if (value.isNull()) {
      enumeration(value, schema, name, found);
      return found;
    }
    if (typed) {
      found.match();
    }
    alternatives(value, old, schema, structure, name, found);
    switch (value) {
      case ObjectNode object -> object(object, old, schema, structure, name, found);
      case ArrayNode list -> list(list, old, schema, structure, name, found);
      default -> ScalarCheck.check(value, schema, name, found);
    }
    enumeration(value, schema, name, found);
    found.match();
    return found;
  }

  private static void enumeration(JsonNode value, Structural schema, Path name, Findings found) {
    var allowed = schema.rules().enumeration();
    if (allowed.isEmpty()) {
      return;
    }
    if (value.isNull() || allowed.stream().noneMatch(one -> Json.same(one, value))) {
      found.unsupported(name, GoText.of(value), allowed.stream().map(Findings::word).toList());
    }
  }

  private static void alternatives(
      JsonNode value,
      @Nullable JsonNode old,
      Structural schema,
      @Nullable Structural structure,
      Path name,
      Findings found) {
    var rules = schema.rules();
    anyOf(rules.anyOf(), value, old, structure, name, found);
    oneOf(rules.oneOf(), value, old, structure, name, found);
    allOf(rules.allOf(), value, old, structure, name, found);
    var not = rules.not();
    if (not != null && plain(value, old, not, structure, name).isEmpty()) {
      found.general("\"" + name + "\" must not validate the schema (not)");
    }
    found.match();
  }

  private static void anyOf(
      List<Structural> schemas,
      JsonNode value,
      @Nullable JsonNode old,
      @Nullable Structural structure,
      Path name,
      Findings found) {
    Findings best = null;
    for (var schema : schemas) {
      var one = plain(value, old, schema, structure, name);
      if (one.isEmpty()) {
        found.merge(one);
        return;
      }
      best = best == null || one.matches() > best.matches() ? one : best;
    }
    if (best != null) {
      found.general("\"" + name + "\" must validate at least one schema (anyOf)");
      found.merge(best);
    }
  }

  private static void oneOf(
      List<Structural> schemas,
      JsonNode value,
      @Nullable JsonNode old,
      @Nullable Structural structure,
      Path name,
      Findings found) {
    if (schemas.isEmpty()) {
      return;
    }
    Findings best = null;
    Findings first = null;
    int valid = 0;
    for (var schema : schemas) {
      var one = plain(value, old, schema, structure, name);
      if (one.isEmpty()) {
        valid++;
        first = first == null ? one : first;
      } else if (valid == 0) {
        best = best == null || one.matches() > best.matches() ? one : best;
      }
    }
    if (valid == 1 && first != null) {
      found.merge(first);
      return;
    }
    found.general(
        "\""
            + name
            + "\" must validate one and only one schema (oneOf). "
            + (valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives"));
    if (valid == 0 && best != null) {
      found.merge(best);
    }
  }

  private static void allOf(
      List<Structural> schemas,
      JsonNode value,
      @Nullable JsonNode old,
      @Nullable Structural structure,
      Path name,
      Findings found) {
    int valid = 0;
    for (var schema : schemas) {
      var one = plain(value, old, schema, structure, name);
      valid += one.isEmpty() ? 1 : 0;
      found.merge(one);
    }
    if (valid < schemas.size()) {
      found.general(
          "\""
              + name
              + "\" must validate all the schemas (allOf)"
              + (valid == 0 ? ". None validated" : ""));
    }
  }

  private static void object(
      ObjectNode object,
      @Nullable JsonNode old,
      Structural schema,
      @Nullable Structural structure,
      Path name,
      Findings found) {
    var rules = schema.rules();
    int size = object.size();
    if (rules.minProperties() != null && size < rules.minProperties()) {
      found.invalid(
          name,
          new GoText.Bare(Integer.toString(size)),
          "should have at least " + rules.minProperties() + " properties");
    }
    if (rules.maxProperties() != null && size > rules.maxProperties()) {
      found.tooMany(name, size, (int) (long) rules.maxProperties());
    }
    for (var field : object.properties()) {
      field(field.getKey(), field.getValue(), old, schema, structure, name, found);
    }
    for (var required : rules.required()) {
      if (!object.has(required)) {
        found.required(name.child(required));
      }
    }
    found.match();
  }

  private static void field(
      String field,
      JsonNode value,
      @Nullable JsonNode old,
      Structural schema,
      @Nullable Structural structure,
      Path name,
      Findings found) {
    var below = schema.field(field);
    if (below != null) {
      var structureBelow = structure == null ? null : structure.field(field);
      var oldBelow =
          structureBelow != null && old instanceof ObjectNode before ? before.get(field) : null;
      found.merge(ratcheted(value, oldBelow, below, structureBelow, name.child(field)));
    } else if (schema.others() instanceof Others.Forbidden
        && !schema.properties().containsKey(field)) {
      found.forbidden(name, field);
    }
  }

  private static void list(
      ArrayNode list,
      @Nullable JsonNode old,
      Structural schema,
      @Nullable Structural structure,
      Path name,
      Findings found) {
    var items = schema.items();
    if (items != null) {
      var structureBelow = structure == null ? null : structure.items();
      var before = ListItems.before(structure, old);
      for (int i = 0; i < list.size(); i++) {
        var item = list.get(i);
        found.merge(ratcheted(item, before.of(item), items, structureBelow, name.item(i)));
      }
    }
    var rules = schema.rules();
    int size = list.size();
    if (rules.minItems() != null && size < rules.minItems()) {
      found.invalid(
          name,
          new GoText.Bare(Integer.toString(size)),
          "should have at least " + rules.minItems() + " items");
    }
    if (rules.maxItems() != null && size > rules.maxItems()) {
      found.tooMany(name, size, (int) (long) rules.maxItems());
    }
    found.match();
  }

  /// The items of a list as they were before, found by their keys.
  private interface ListItems {

    @Nullable JsonNode of(JsonNode item);

    static ListItems before(@Nullable Structural structure, @Nullable JsonNode old) {
      if (structure == null
          || structure.listType() != ListType.MAP
          || !(old instanceof ArrayNode list)) {
        return _ -> null;
      }
      var keys = structure.mapKeys();
      var known = new java.util.HashMap<List<JsonNode>, JsonNode>();
      list.forEach(item -> known.put(keys(item, keys), item));
      return item -> known.get(keys(item, keys));
    }

    private static List<JsonNode> keys(JsonNode item, List<String> names) {
      return names.stream().map(item::path).toList();
    }
  }
}
