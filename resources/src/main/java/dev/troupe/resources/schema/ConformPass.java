package dev.troupe.resources.schema;

import dev.troupe.api.resource.Quantity;
import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.Shape.ListShape;
import dev.troupe.resources.schema.Shape.MapShape;
import dev.troupe.resources.schema.Shape.ObjectShape;
import dev.troupe.resources.schema.Shape.Property;
import dev.troupe.resources.schema.Shape.ScalarShape;
import dev.troupe.resources.schema.value.Base64Text;
import dev.troupe.resources.schema.value.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ObjectNode;

/// One pass through one object.
final class ConformPass {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_UNKNOWN_FIELDS = 100;

  private final DocumentPath path = new DocumentPath();
  private final List<String> unknownFields = new ArrayList<>(0);
  private final List<String> typeErrors = new ArrayList<>(0);
  private ObjectShape around = new ObjectShape("", "");

  Conformed run(ObjectNode object, ObjectShape shape) {
    return new Conformed(object(object, shape), unknownFields, typeErrors);
  }

  private ObjectNode object(ObjectNode from, ObjectShape shape) {
    var outer = around;
    around = shape;
    var to = NODES.objectNode();
    for (var entry : from.properties()) {
      var property = shape.property(entry.getKey());
      if (property == null) {
        unknown(entry.getKey());
      } else {
        field(to, property, entry.getValue());
      }
    }
    fill(to, shape);
    around = outer;
    return to;
  }

  private void field(ObjectNode to, Property property, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    path.enterField(property.name());
    var conformed = value(value, property.shape());
    path.leave();
    if (conformed != null && !(property.zero() == Zero.DROPPED && isZero(conformed))) {
      to.set(property.name(), conformed);
    }
  }

  private static void fill(ObjectNode to, ObjectShape shape) {
    for (var property : shape.filled()) {
      if (!to.has(property.name())) {
        to.set(property.name(), zero(property.shape()));
      }
    }
  }

  private static boolean isZero(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.stringValue().isEmpty();
      case NUMBER -> value.isInt() && value.intValue() == 0;
      case BOOLEAN -> !value.booleanValue();
      case ARRAY, OBJECT -> value.isEmpty();
      default -> false;
    };
  }

  private @Nullable JsonNode value(JsonNode value, Shape shape) {
    return switch (shape) {
      case ScalarShape scalar -> scalar(value, scalar);
      case ObjectShape object ->
          value instanceof ObjectNode node ? object(node, object) : mismatch(value, shape);
      case ListShape list ->
          value instanceof ArrayNode node ? list(node, list) : mismatch(value, shape);
      case MapShape map ->
          value instanceof ObjectNode node ? map(node, map) : mismatch(value, shape);
    };
  }

  private JsonNode list(ArrayNode from, ListShape shape) {
    var to = NODES.arrayNode(from.size());
    int index = 0;
    for (var item : from) {
      path.enterItem(index++);
      add(to, item.isNull() ? zero(shape.item()) : value(item, shape.item()));
      path.leave();
    }
    return to;
  }

  private static void add(ArrayNode to, @Nullable JsonNode item) {
    if (item != null) {
      to.add(item);
    }
  }

  private JsonNode map(ObjectNode from, MapShape shape) {
    var to = NODES.objectNode();
    for (var entry : from.properties()) {
      path.enterKey(entry.getKey());
      var value = entry.getValue();
      var conformed = value.isNull() ? zero(shape.value()) : value(value, shape.value());
      path.leave();
      if (conformed != null) {
        to.set(entry.getKey(), conformed);
      }
    }
    return to;
  }

  /// What Go makes of a null in a list or map, and of a field that is always written.
  private static JsonNode zero(Shape shape) {
    return switch (shape) {
      case ScalarShape(var scalar, _) ->
          switch (scalar) {
            case STRING, BYTES -> NODES.stringNode("");
            case QUANTITY -> NODES.stringNode("0");
            case BOOLEAN -> NODES.booleanNode(false);
            case INT32, INT64, DOUBLE, INT_OR_STRING -> NODES.numberNode(0);
            case TIME, MICRO_TIME, ANY, OBJECT -> NODES.nullNode();
          };
      case ObjectShape object -> {
        var empty = NODES.objectNode();
        fill(empty, object);
        yield empty;
      }
      case ListShape _ -> NODES.arrayNode();
      case MapShape _ -> NODES.objectNode();
    };
  }

  private @Nullable JsonNode scalar(JsonNode value, ScalarShape shape) {
    return switch (shape.scalar()) {
      case STRING -> value.isString() ? value : mismatch(value, shape);
      case BOOLEAN -> value.isBoolean() ? value : mismatch(value, shape);
      case INT32 -> value.isInt() ? value : mismatch(value, shape);
      case INT64 ->
          value.isInt() ? value : value.isLong() ? shortest(value) : mismatch(value, shape);
      case DOUBLE -> value.isNumber() ? value : mismatch(value, shape);
      case INT_OR_STRING ->
          value.isString() || value.isInt() ? value : bareMismatch(value, "int32");
      case QUANTITY -> quantity(value);
      case BYTES -> text(value, shape);
      case TIME, MICRO_TIME ->
          value.isString() ? text(value, shape) : bareMismatch(value, "string");
      case ANY -> value;
      case OBJECT -> value.isObject() ? value : mismatch(value, shape);
    };
  }

  /// One number has one node type, so that equal objects are equal trees.
  private static JsonNode shortest(JsonNode value) {
    return value.canConvertToInt() ? NODES.numberNode(value.intValue()) : value;
  }

  private @Nullable JsonNode quantity(JsonNode value) {
    if (value.isString() || value.isNumber()) {
      return canonical(value, Scalar.QUANTITY);
    }
    error(reading(Scalar.QUANTITY, value.toString()));
    return null;
  }

  private @Nullable JsonNode text(JsonNode value, ScalarShape shape) {
    return value.isString() ? canonical(value, shape.scalar()) : mismatch(value, shape);
  }

  private @Nullable JsonNode canonical(JsonNode value, Scalar scalar) {
    var text = value.isString() ? value.stringValue() : number(value);
    try {
      var canonical = read(scalar, text);
      return value.isString() && canonical.equals(text) ? value : NODES.stringNode(canonical);
    } catch (IllegalArgumentException e) {
      error(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// A number as Go writes its exponent.
  private static String number(JsonNode value) {
    return value.asString().replace("E+", "e").replace('E', 'e');
  }

  private static String read(Scalar scalar, String text) {
    return switch (scalar) {
      case QUANTITY -> Quantity.canonical(text);
      case BYTES -> Base64Text.canonical(text);
      case TIME -> Timestamps.seconds(text);
      case MICRO_TIME -> Timestamps.micros(text);
      default -> throw new IllegalStateException("a " + scalar + " has no text to read");
    };
  }

  private static String reading(Scalar scalar, String text) {
    try {
      return read(scalar, text);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void unknown(String name) {
    if (unknownFields.size() < MAX_UNKNOWN_FIELDS) {
      path.enterField(name);
      unknownFields.add(path.text());
      path.leave();
    }
  }

  private @Nullable JsonNode mismatch(JsonNode value, Shape shape) {
    error(
        "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
            .formatted(inWords(value, shape), around.name(), path.fieldsOnly(), shape.goType()));
    return null;
  }

  private @Nullable JsonNode bareMismatch(JsonNode value, String goType) {
    var what =
        value.isNumber() && goType.equals("int32") ? "number " + value.asString() : kind(value);
    error("json: cannot unmarshal %s into Go value of type %s".formatted(what, goType));
    return null;
  }

  private static String inWords(JsonNode value, Shape shape) {
    boolean number =
        shape instanceof ScalarShape(var scalar, _)
            && (scalar == Scalar.INT32 || scalar == Scalar.INT64);
    return value.isNumber() && number ? "number " + value.asString() : kind(value);
  }

  private static String kind(JsonNode value) {
    return value.getNodeType() == JsonNodeType.BOOLEAN
        ? "bool"
        : value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  /// Go's decoder reports the first error and forgets the others.
  private void error(String message) {
    if (typeErrors.isEmpty()) {
      typeErrors.add(message);
    }
  }
}
