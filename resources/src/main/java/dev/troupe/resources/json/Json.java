package dev.troupe.resources.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the rules look at a JSON tree. Every reader answers "absent" for a value of another type, so
/// that no rule has to guard against garbage.
public final class Json {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> OUTSIDE_CONTENT = List.of("metadata", "status");

  private Json() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  public static JsonNode string(String value) {
    return NODES.stringNode(value);
  }

  public static @Nullable JsonNode get(@Nullable JsonNode parent, String field) {
    var value = parent == null ? null : parent.get(field);
    return value == null || value.isNull() ? null : value;
  }

  public static boolean has(@Nullable JsonNode parent, String field) {
    return get(parent, field) != null;
  }

  public static @Nullable ObjectNode object(@Nullable JsonNode parent, String field) {
    return get(parent, field) instanceof ObjectNode object ? object : null;
  }

  /// The object under `field`, put there if there is none.
  public static ObjectNode child(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode object ? object : parent.putObject(field);
  }

  public static @Nullable ArrayNode list(@Nullable JsonNode parent, String field) {
    return get(parent, field) instanceof ArrayNode array ? array : null;
  }

  /// The items of a list that are objects.
  public static List<ObjectNode> objects(@Nullable JsonNode parent, String field) {
    var list = list(parent, field);
    if (list == null || list.isEmpty()) {
      return List.of();
    }
    var objects = new ArrayList<ObjectNode>(list.size());
    for (var item : list) {
      if (item instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  /// The items of a list that are strings.
  public static List<String> strings(@Nullable JsonNode parent, String field) {
    var list = list(parent, field);
    if (list == null || list.isEmpty()) {
      return List.of();
    }
    var strings = new ArrayList<String>(list.size());
    for (var item : list) {
      if (item.isString()) {
        strings.add(item.stringValue());
      }
    }
    return strings;
  }

  /// The entries of a map of strings whose values are strings.
  public static Iterable<Map.Entry<String, JsonNode>> entries(
      @Nullable JsonNode parent, String field) {
    var map = object(parent, field);
    return map == null ? List.of() : map.properties();
  }

  /// Empty if there is no such string.
  public static String text(@Nullable JsonNode parent, String field) {
    var value = get(parent, field);
    return value != null && value.isString() ? value.stringValue() : "";
  }

  public static @Nullable Long number(@Nullable JsonNode parent, String field) {
    var value = get(parent, field);
    return (value != null && value.isIntegralNumber() && value.canConvertToLong())
        ? (Long) value.longValue()
        : null;
  }

  public static long number(@Nullable JsonNode parent, String field, long absent) {
    var value = number(parent, field);
    return value == null ? absent : value;
  }

  public static boolean truth(@Nullable JsonNode parent, String field) {
    var value = get(parent, field);
    return value != null && value.isBoolean() && value.booleanValue();
  }

  /// Gives one object the field of another one, or takes it away if the other has none.
  public static void copy(String field, @Nullable ObjectNode from, ObjectNode to) {
    var value = get(from, field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value.deepCopy());
    }
  }

  /// An object with the same fields; the values are shared.
  public static ObjectNode shallow(ObjectNode object) {
    var copy = NODES.objectNode();
    for (var field : object.properties()) {
      copy.set(field.getKey(), field.getValue());
    }
    return copy;
  }

  /// Equality of meaning: the order of fields does not count, numbers compare by value.
  public static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    if (one instanceof ObjectNode left && other instanceof ObjectNode right) {
      return sameFields(left, right);
    }
    if (one instanceof ArrayNode left && other instanceof ArrayNode right) {
      return sameItems(left, right);
    }
    return (one.isNumber() && other.isNumber())
        ? sameNumber(one.numberValue(), other.numberValue())
        : one.equals(other);
  }

  /// Whether two objects are the same but for `metadata` and `status`, which count no generation.
  public static boolean sameContent(ObjectNode one, ObjectNode other) {
    var left = shallow(one);
    var right = shallow(other);
    left.remove(OUTSIDE_CONTENT);
    right.remove(OUTSIDE_CONTENT);
    return same(left, right);
  }

  private static boolean sameFields(ObjectNode left, ObjectNode right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (var field : left.properties()) {
      var other = right.get(field.getKey());
      if (other == null || !same(field.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameItems(ArrayNode left, ArrayNode right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameNumber(Number left, Number right) {
    if (left.equals(right)) {
      return true;
    }
    if (left instanceof BigInteger || right instanceof BigInteger) {
      return (integral(left) && integral(right))
          ? left.toString().equals(right.toString())
          : left.doubleValue() == right.doubleValue();
    }
    return (integral(left) && integral(right))
        ? left.longValue() == right.longValue()
        : left.doubleValue() == right.doubleValue();
  }

  private static boolean integral(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof BigInteger;
  }

  /// Roughly the length of the encoded form; never more than it.
  public static int weight(JsonNode node) {
    int weight = 2;
    if (node instanceof ObjectNode object) {
      for (var field : object.properties()) {
        weight += field.getKey().length() + 3 + weight(field.getValue());
      }
    } else if (node instanceof ArrayNode array) {
      for (var item : array) {
        weight += weight(item);
      }
    } else if (node.isString()) {
      weight += node.stringValue().length();
    } else {
      weight = 1;
    }
    return weight;
  }

  /// How many levels of objects and lists are inside each other; at most `limit` + 1.
  public static int depth(JsonNode node, int limit) {
    if (!node.isContainer() || limit < 0) {
      return 0;
    }
    int deepest = 0;
    for (var child : node) {
      deepest = Math.max(deepest, depth(child, limit - 1));
    }
    return deepest + 1;
  }
}
