package dev.troupe.resources.patch;

import dev.troupe.resources.json.Json;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Random documents from a seed, with names that mean something to patches more often than chance.
public final class RandomJson {

  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c",
          "name",
          "spec",
          "metadata",
          "containers",
          "items",
          "labels",
          "finalizers",
          "$patch",
          "$retainKeys",
          "$setElementOrder/containers",
          "$setElementOrder/finalizers",
          "$deleteFromPrimitiveList/finalizers",
          "op",
          "path",
          "value",
          "from",
          "ports",
          "replicas",
          "template",
          "selector",
          "kind",
          "apiVersion",
          "status",
          "data",
          "image",
          "env");

  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "b",
          "web",
          "replace",
          "delete",
          "merge",
          "add",
          "remove",
          "move",
          "copy",
          "test",
          "/",
          "/spec",
          "/spec/containers/0",
          "/a/b",
          "~",
          "/metadata/name",
          "-1",
          "1Gi",
          "TCP",
          "v1",
          "None",
          "\u0000",
          "ä\ud83d");

  private final Random random;

  public RandomJson(long seed) {
    this.random = new Random(seed);
  }

  public JsonNode value(int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 9)) {
      case 0 -> Json.object().nullNode();
      case 1 -> Json.object().numberNode(random.nextInt(5) - 2);
      case 2 -> Json.object().booleanNode(random.nextBoolean());
      case 3, 4 -> Json.string(pick(TEXTS));
      case 5, 6 -> list(depth);
      default -> object(depth);
    };
  }

  public ObjectNode object(int depth) {
    var object = Json.object();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.set(pick(NAMES), value(depth - 1));
    }
    return object;
  }

  /// Like [#object], without any null.
  public ObjectNode withoutNulls(int depth) {
    return (ObjectNode) withoutNulls(object(depth));
  }

  private static JsonNode withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var copy = Json.object();
      for (var field : object.properties()) {
        if (!field.getValue().isNull()) {
          copy.set(field.getKey(), withoutNulls(field.getValue()));
        }
      }
      return copy;
    }
    return node;
  }

  private JsonNode list(int depth) {
    var list = Json.array();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(depth - 1));
    }
    return list;
  }

  /// A document that differs from another one in a few places.
  public ObjectNode mutated(ObjectNode original) {
    var copy = original.deepCopy();
    var at = copy;
    while (random.nextInt(3) > 0) {
      var inner =
          at.properties().stream()
              .filter(e -> e.getValue().isObject())
              .skip(random.nextInt(2))
              .findFirst();
      if (inner.isEmpty()) {
        break;
      }
      at = (ObjectNode) inner.get().getValue();
    }
    at.set(pick(NAMES), value(2));
    return copy;
  }

  public <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }
}
