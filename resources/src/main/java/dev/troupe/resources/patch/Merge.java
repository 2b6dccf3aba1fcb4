package dev.troupe.resources.patch;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Merges planned fields into an object: maps by key, lists as the schema says, no directives.
///
/// Nothing is ever removed but items of lists that are replaced as a whole. Planning the same again
/// changes nothing: items that exist keep their place, new ones go to the end. A planned null says
/// nothing.
public final class Merge {

  private Merge() {}

  public static ObjectNode apply(
      ObjectNode current, ObjectNode planned, Schemas schemas, String schema) {
    return merge(current, planned, Position.of(schemas, schema));
  }

  private static ObjectNode merge(ObjectNode current, ObjectNode planned, Position at) {
    var result = Json.shallow(current);
    for (var entry : planned.properties()) {
      var name = entry.getKey();
      var value = entry.getValue();
      if (value.isNull()) {
        continue;
      }
      var existing = result.get(name);
      if (existing instanceof ObjectNode object && value instanceof ObjectNode wanted) {
        result.set(name, merge(object, wanted, at.child(name)));
      } else if (existing instanceof ArrayNode list && value instanceof ArrayNode wanted) {
        result.set(name, mergeList(list, wanted, at.field(name), at.child(name).item()));
      } else {
        result.set(name, value);
      }
    }
    return result;
  }

  private static ArrayNode mergeList(
      ArrayNode current, ArrayNode planned, @Nullable Field field, Position item) {
    if (field == null || !field.mergesOnPatch()) {
      return planned;
    }
    var keys = keys(field);
    return keys.isEmpty() ? union(current, planned) : mergeByKey(current, planned, keys, item);
  }

  /// All keys of the list, where there are several: a patch's single merge key would take two ports
  /// of one number for the same.
  private static List<String> keys(Field field) {
    if (!field.listMapKeys().isEmpty()) {
      return field.listMapKeys();
    }
    return field.patchMergeKey().isEmpty() ? List.of() : List.of(field.patchMergeKey());
  }

  private static ArrayNode union(ArrayNode current, ArrayNode planned) {
    var union = new LinkedHashMap<Object, JsonNode>();
    for (var list : List.of(current, planned)) {
      for (var item : list) {
        var key = Keyed.key(item, "");
        union.putIfAbsent(key == null ? item : key, item);
      }
    }
    return array(union.values());
  }

  private static ArrayNode mergeByKey(
      ArrayNode current, ArrayNode planned, List<String> keys, Position item) {
    var merged = new LinkedHashMap<Object, JsonNode>();
    for (var existing : current) {
      merged.putIfAbsent(key(existing, keys), existing);
    }
    for (var wanted : planned) {
      merged.merge(
          key(wanted, keys), clean(wanted, item), (existing, _) -> merged(existing, wanted, item));
    }
    return array(merged.values());
  }

  private static JsonNode merged(JsonNode existing, JsonNode wanted, Position item) {
    return existing instanceof ObjectNode object && wanted instanceof ObjectNode fields
        ? merge(object, fields, item)
        : wanted;
  }

  private static JsonNode clean(JsonNode wanted, Position item) {
    return wanted instanceof ObjectNode object ? merge(Json.object(), object, item) : wanted;
  }

  private static Object key(JsonNode item, List<String> keys) {
    var values = new ArrayList<Object>(keys.size());
    for (var name : keys) {
      var value = Keyed.key(item, name);
      values.add(value == null ? absent(name) : value);
    }
    return values;
  }

  /// The one key with a default in the schemas of Kubernetes is `protocol`.
  private static String absent(String key) {
    return key.equals("protocol") ? "TCP" : "";
  }

  private static ArrayNode array(Iterable<JsonNode> items) {
    var array = Json.array();
    for (var item : items) {
      array.add(item);
    }
    return array;
  }
}
