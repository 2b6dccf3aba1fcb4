package dev.troupe.resources.schema.shape;

import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.Schemas;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The shapes of the types that the tables of the build describe.
public final class SchemaShapes {

  private final Schemas schemas;
  private final Map<String, MergeShape> structs = new ConcurrentHashMap<>();

  public SchemaShapes(Schemas schemas) {
    this.schemas = schemas;
  }

  /// @throws IllegalArgumentException if there is no such schema
  public MergeShape of(String schemaType) {
    var known = structs.get(schemaType);
    if (known != null) {
      return known;
    }
    var shape = new StructShape(schemas.get(schemaType), this);
    var other = structs.putIfAbsent(schemaType, shape);
    return other == null ? shape : other;
  }

  MergeShape of(Field field) {
    return of(field.type(), listType(field), keys(field), field.atomicMap());
  }

  private MergeShape of(FieldType type, ListType listType, List<String> keys, boolean atomic) {
    return switch (type) {
      case Scalar scalar ->
          scalar == Scalar.ANY || scalar == Scalar.OBJECT
              ? DeducedShape.INSTANCE
              : ScalarMergeShape.of(scalar);
      case Ref(var schema) -> of(schema);
      case ListOf(var item) ->
          new ContainerShape(
              false, listType, keys, of(item, ListType.ATOMIC, List.of(), false), true);
      case MapOf(var value) ->
          new ContainerShape(
              atomic,
              ListType.ATOMIC,
              List.of(),
              of(value, ListType.ATOMIC, List.of(), false),
              false);
    };
  }

  /// A list about which nothing is said is merged where patches merge it.
  private static ListType listType(Field field) {
    if (field.listType() != ListType.NONE) {
      return field.listType();
    }
    if (!field.mergesOnPatch()) {
      return ListType.ATOMIC;
    }
    return field.patchMergeKey().isEmpty() ? ListType.SET : ListType.MAP;
  }

  private static List<String> keys(Field field) {
    return field.listType() == ListType.NONE && !field.patchMergeKey().isEmpty()
        ? List.of(field.patchMergeKey())
        : field.listMapKeys();
  }
}
