package dev.troupe.resources.schema;

import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects of any type with random fields, seeded.
public final class RandomObjects {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 7;

  private final Schemas schemas;
  private final Random random;

  public RandomObjects(Schemas schemas, long seed) {
    this.schemas = schemas;
    this.random = new Random(seed);
  }

  public ObjectNode object(String schema) {
    return object(schema, 0);
  }

  private ObjectNode object(String schema, int depth) {
    var object = NODES.objectNode();
    for (var field : schemas.get(schema).fields().values()) {
      if (depth < MAX_DEPTH && random.nextInt(depth + 2) == 0) {
        object.set(field.name(), value(field.type(), depth + 1));
      }
    }
    return object;
  }

  private JsonNode value(FieldType type, int depth) {
    return switch (type) {
      case Ref(var schema) -> object(schema, depth);
      case ListOf(var item) -> {
        var list = NODES.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(value(item, depth));
        }
        yield list;
      }
      case MapOf(var value) -> {
        var map = NODES.objectNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.set("k/" + random.nextInt(5), value(value, depth));
        }
        yield map;
      }
      case Scalar scalar -> scalar(scalar);
    };
  }

  private JsonNode scalar(Scalar scalar) {
    return switch (scalar) {
      case STRING -> NODES.stringNode(pick("", "a", "web-1", "ünï\"\\\n", "0"));
      case BOOLEAN -> NODES.booleanNode(random.nextBoolean());
      case INT32 -> NODES.numberNode(random.nextBoolean() ? 0 : random.nextInt());
      case INT64 -> NODES.numberNode(random.nextBoolean() ? 7L : random.nextLong());
      case DOUBLE -> NODES.numberNode(random.nextInt(100) / 4.0);
      case BYTES -> NODES.stringNode(pick("", "YQ==", "YWI=", "YWJj"));
      case TIME -> NODES.stringNode(pick("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5+01:00"));
      case MICRO_TIME -> NODES.stringNode(pick("2026-01-01T00:00:00.000001Z"));
      case QUANTITY -> NODES.stringNode(pick("0", "0.5", "1024Mi", "100m", "1e3", "3"));
      case INT_OR_STRING ->
          random.nextBoolean() ? NODES.numberNode(random.nextInt(100)) : NODES.stringNode("25%");
      case ANY, OBJECT -> NODES.objectNode().put("f:x", 1);
    };
  }

  private String pick(String... values) {
    return values[random.nextInt(values.length)];
  }
}
