package dev.troupe.resources.schema;

import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.Shape.ListShape;
import dev.troupe.resources.schema.Shape.MapShape;
import dev.troupe.resources.schema.Shape.ObjectShape;
import dev.troupe.resources.schema.Shape.Property;
import dev.troupe.resources.schema.Shape.ScalarShape;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Resolves schemas into [Shape]s, each at its first use.
final class Shapes {

  private final Schemas schemas;
  private final Map<String, ObjectShape> ready = new ConcurrentHashMap<>();
  private final Map<String, ObjectShape> building = new HashMap<>();

  Shapes(Schemas schemas) {
    this.schemas = schemas;
  }

  ObjectShape of(String schema) {
    var shape = ready.get(schema);
    return shape != null ? shape : build(schema);
  }

  /// A shape becomes visible when everything that it refers to is defined.
  private synchronized ObjectShape build(String schema) {
    var shape = resolve(schema);
    ready.putAll(building);
    return shape;
  }

  private ObjectShape resolve(String schema) {
    var known = building.get(schema);
    if (known != null) {
      return known;
    }
    var definition = schemas.get(schema);
    var shape = new ObjectShape(shortName(schema), goName(schema));
    building.put(schema, shape);
    shape.define(
        definition.fields().values().stream()
            .map(field ->
                new Property(
                    field.name(),
                    shape(field.type(), field.goType()),
                    field.required(),
                    field.zero()))
            .toList());
    return shape;
  }

  private Shape shape(FieldType type, String goType) {
    return switch (type) {
      case Scalar scalar -> new ScalarShape(scalar, goType.isEmpty() ? goName(scalar) : goType);
      case Ref(var schema) -> resolve(schema);
      case ListOf(var item) -> {
        var shape = shape(item, after(goType, "[]"));
        yield new ListShape(shape, goType.isEmpty() ? "[]" + shape.goType() : goType);
      }
      case MapOf(var value) -> {
        var shape = shape(value, after(goType, "map[string]"));
        yield new MapShape(shape, goType.isEmpty() ? "map[string]" + shape.goType() : goType);
      }
    };
  }

  private static String after(String goType, String prefix) {
    if (!goType.startsWith(prefix)) {
      return "";
    }
    var rest = goType.substring(prefix.length());
    return rest.startsWith("*") ? rest.substring(1) : rest;
  }

  private static String goName(Scalar scalar) {
    return switch (scalar) {
      case STRING -> "string";
      case BOOLEAN -> "bool";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case DOUBLE -> "float64";
      case BYTES -> "[]uint8";
      case TIME -> "v1.Time";
      case MICRO_TIME -> "v1.MicroTime";
      case QUANTITY -> "resource.Quantity";
      case INT_OR_STRING -> "intstr.IntOrString";
      case ANY -> "interface {}";
      case OBJECT -> "map[string]interface {}";
    };
  }

  private static String shortName(String schema) {
    return schema.substring(schema.lastIndexOf('.') + 1);
  }

  private static String goName(String schema) {
    return schema.substring(schema.lastIndexOf('.', schema.lastIndexOf('.') - 1) + 1);
  }
}
