package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.patch.RandomJson;
import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.Schemas;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Random objects that their schema accepts: required fields always, others sometimes.
final class RandomObject {

  private static final List<String> TEXTS =
      List.of(
          "", "a", "b", "web", "app", "TCP", "None", "Always", "IPv4", "10.0.0.1", "x".repeat(70));

  private final Schemas schemas = Schemas.standard();
  private final RandomJson random;

  RandomObject(RandomJson random) {
    this.random = random;
  }

  ObjectNode of(String schema, int depth) {
    var object = Json.object();
    for (var field : schemas.get(schema).fields().values()) {
      if (isWanted(field, depth)) {
        object.set(field.name(), value(field.type(), depth - 1));
      }
    }
    return object;
  }

  private boolean isWanted(Field field, int depth) {
    boolean type = field.name().equals("apiVersion") || field.name().equals("kind");
    boolean main = field.name().equals("spec") || field.name().equals("metadata");
    return !type && (field.required() || main || (depth > 0 && random.below(3) == 0));
  }

  private JsonNode value(FieldType type, int depth) {
    return switch (type) {
      case Scalar scalar -> scalar(scalar);
      case FieldType.Ref(var schema) -> of(schema, depth);
      case FieldType.ListOf(var item) -> {
        var list = Json.array();
        for (int i = depth < -3 ? 0 : random.below(3); i > 0; i--) {
          list.add(value(item, depth - 1));
        }
        yield list;
      }
      case FieldType.MapOf(var item) -> {
        var map = Json.object();
        for (int i = random.below(3); i > 0; i--) {
          map.set(random.pick(List.of("a", "app", "cpu", "x.y/z")), value(item, depth - 1));
        }
        yield map;
      }
    };
  }

  private JsonNode scalar(Scalar scalar) {
    var nodes = tools.jackson.databind.node.JsonNodeFactory.instance;
    return switch (scalar) {
      case STRING -> nodes.stringNode(random.pick(TEXTS));
      case BOOLEAN -> nodes.booleanNode(random.below(2) == 0);
      case INT32, INT64 -> nodes.numberNode(random.pick(List.of(-1, 0, 1, 80, 30_080)));
      case DOUBLE -> nodes.numberNode(0.5);
      case BYTES -> nodes.stringNode("YQ==");
      case TIME -> nodes.stringNode("2026-11-23T12:00:00Z");
      case MICRO_TIME -> nodes.stringNode("2026-11-23T12:00:00.000001Z");
      case QUANTITY -> nodes.stringNode(random.pick(List.of("0", "100m", "1Gi", "-1", "1e3")));
      case INT_OR_STRING ->
          random.below(2) == 0 ? nodes.numberNode(random.below(3)) : nodes.stringNode("25%");
      case ANY, OBJECT -> Json.object();
    };
  }
}
