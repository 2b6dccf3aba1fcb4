package dev.troupe.resources.schema.shape;

import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.schema.FieldType.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Values that have no parts.
enum ScalarMergeShape implements MergeShape {
  NUMBER,
  STRING,
  BOOLEAN,
  UNTYPED;

  static ScalarMergeShape of(Scalar scalar) {
    return switch (scalar) {
      case STRING, BYTES, TIME, MICRO_TIME -> STRING;
      case BOOLEAN -> BOOLEAN;
      case INT32, INT64, DOUBLE -> NUMBER;
      case QUANTITY, INT_OR_STRING, ANY, OBJECT -> UNTYPED;
    };
  }

  @Override
  public boolean isAtomicObject() {
    return true;
  }

  @Override
  public MergeShape field(String name) {
    return DeducedShape.INSTANCE;
  }

  @Override
  public boolean declares(String name) {
    return false;
  }

  @Override
  public ListType listType() {
    return ListType.ATOMIC;
  }

  @Override
  public List<String> listKeys() {
    return List.of();
  }

  @Override
  public MergeShape item() {
    return DeducedShape.INSTANCE;
  }

  @Override
  public @Nullable JsonNode defaultOf(String field) {
    return null;
  }

  @Override
  public @Nullable String complaint(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return switch (this) {
      case NUMBER ->
          value.isNumber() ? null : "expected numeric (int or float), got " + kind(value);
      case STRING ->
          value.isString()
              ? null
              : "expected string, got &value.valueUnstructured{Value:" + value + "}";
      case BOOLEAN -> value.isBoolean() ? null : "expected boolean, got " + value;
      case UNTYPED -> value.isContainer() ? "expected any scalar, got " + value : null;
    };
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case BOOLEAN -> "bool";
      case ARRAY -> "[]interface {}";
      default -> "map[string]interface {}";
    };
  }
}
