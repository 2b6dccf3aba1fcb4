package dev.troupe.resources.structural;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.structural.Structural.Others;
import dev.troupe.resources.structural.text.GoText;
import dev.troupe.resources.validation.Path;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Holds a value against a schema. What is wrong and was the same before is let through, wherever
/// the value before can be found.
final class ValueCheck {

  private ValueCheck() {}

  /// A value, and what is known of it beside the schema that it is held against.
  ///
  /// @param old the value before; null if there is none, or none that can be told to be it
  /// @param structure the schema that says what the value is made of; null if it is not known
  private record Held(
      JsonNode value, @Nullable JsonNode old, @Nullable Structural structure, Path name) {}

  /// @param old the value before; null if there is none, or none that can be told to be it
  static Findings check(JsonNode value, @Nullable JsonNode old, Structural schema) {
    return ratcheted(new Held(value, old, schema, Path.ROOT), schema);
  }

  private static Findings ratcheted(Held held, Structural schema) {
    var found = plain(held, schema);
    if (!found.isEmpty() && held.old != null && Json.same(held.value, held.old)) {
      found.pardon();
    }
    return found;
  }

  private static Findings plain(Held held, Structural schema) {
    var found = new Findings();
    boolean typed = TypeCheck.check(held.value, schema, held.name, found);
    if (held.value.isNull()) {
      enumeration(held, schema, found);
      return found;
    }
    if (typed) {
      found.match();
    }
    alternatives(held, schema.rules(), found);
    switch (held.value) {
      case ObjectNode object -> object(object, held, schema, found);
      case ArrayNode list -> list(list, held, schema, found);
      default -> ScalarCheck.check(held.value, schema, held.name, found);
    }
    enumeration(held, schema, found);
    found.match();
    return found;
  }

  private static void enumeration(Held held, Structural schema, Findings found) {
    var allowed = schema.rules().enumeration();
    if (allowed.isEmpty()) {
      return;
    }
    var value = held.value;
    if (value.isNull() || allowed.stream().noneMatch(one -> Json.same(one, value))) {
      found.unsupported(held.name, GoText.of(value), allowed.stream().map(Findings::word).toList());
    }
  }

  private static void alternatives(Held held, ValueRules rules, Findings found) {
    anyOf(rules.anyOf(), held, found);
    oneOf(rules.oneOf(), held, found);
    allOf(rules.allOf(), held, found);
    var not = rules.not();
    if (not != null && plain(held, not).isEmpty()) {
      must(held, "not validate the schema (not)", found);
    }
    found.match();
  }

  private static void must(Held held, String what, Findings found) {
    found.general("\"" + held.name + "\" must " + what);
  }

  private static void anyOf(List<Structural> schemas, Held held, Findings found) {
    Findings best = null;
    for (var schema : schemas) {
      var one = plain(held, schema);
      if (one.isEmpty()) {
        found.merge(one);
        return;
      }
      best = best == null || one.matches() > best.matches() ? one : best;
    }
    if (best != null) {
      must(held, "validate at least one schema (anyOf)", found);
      found.merge(best);
    }
  }

  private static void oneOf(List<Structural> schemas, Held held, Findings found) {
    if (schemas.isEmpty()) {
      return;
    }
    Findings best = null;
    Findings first = null;
    int valid = 0;
    for (var schema : schemas) {
      var one = plain(held, schema);
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
    must(
        held,
        "validate one and only one schema (oneOf). "
            + (valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives"),
        found);
    if (valid == 0 && best != null) {
      found.merge(best);
    }
  }

  private static void allOf(List<Structural> schemas, Held held, Findings found) {
    int valid = 0;
    for (var schema : schemas) {
      var one = plain(held, schema);
      valid += one.isEmpty() ? 1 : 0;
      found.merge(one);
    }
    if (valid < schemas.size()) {
      must(
          held, "validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""), found);
    }
  }

  private static void object(ObjectNode object, Held held, Structural schema, Findings found) {
    var rules = schema.rules();
    count(object.size(), rules.minProperties(), rules.maxProperties(), "properties", held, found);
    for (var field : object.properties()) {
      field(field.getKey(), field.getValue(), held, schema, found);
    }
    for (var required : rules.required()) {
      if (!object.has(required)) {
        found.required(held.name.child(required));
      }
    }
    found.match();
  }

  private static void count(
      int size, @Nullable Long least, @Nullable Long most, String what, Held held, Findings found) {
    if (least != null && size < least) {
      found.invalid(
          held.name,
          new GoText.Bare(Integer.toString(size)),
          "should have at least " + least + " " + what);
    }
    if (most != null && size > most) {
      found.tooMany(held.name, size, (int) (long) most);
    }
  }

  private static void field(
      String field, JsonNode value, Held held, Structural schema, Findings found) {
    var below = schema.field(field);
    if (below != null) {
      var structure = held.structure == null ? null : held.structure.field(field);
      var old =
          structure != null && held.old instanceof ObjectNode before ? before.get(field) : null;
      found.merge(ratcheted(new Held(value, old, structure, held.name.child(field)), below));
    } else if (schema.others() instanceof Others.Forbidden
        && !schema.properties().containsKey(field)) {
      found.forbidden(held.name, field);
    }
  }

  private static void list(ArrayNode list, Held held, Structural schema, Findings found) {
    var items = schema.items();
    if (items != null) {
      var structure = held.structure == null ? null : held.structure.items();
      var before = ListItems.before(held.structure, held.old);
      for (int i = 0; i < list.size(); i++) {
        var item = list.get(i);
        found.merge(
            ratcheted(new Held(item, before.of(item), structure, held.name.item(i)), items));
      }
    }
    var rules = schema.rules();
    count(list.size(), rules.minItems(), rules.maxItems(), "items", held, found);
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
      var known = new HashMap<List<JsonNode>, JsonNode>();
      list.forEach(item -> known.put(keys(item, keys), item));
      return item -> known.get(keys(item, keys));
    }

    private static List<JsonNode> keys(JsonNode item, List<String> names) {
      return names.stream().map(item::path).toList();
    }
  }
}
