package dev.troupe.resources.patch;

import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.Schemas;
import org.jspecify.annotations.Nullable;

/// Where in the schema a merge is: the type of the value at hand, null where nothing is known.
record Position(Schemas schemas, @Nullable FieldType type) {

  static Position of(Schemas schemas, String schema) {
    return new Position(schemas, new FieldType.Ref(schema));
  }

  @Nullable Field field(String name) {
    return type instanceof FieldType.Ref(var schema)
        ? schemas.find(schema).map(found -> found.fields().get(name)).orElse(null)
        : null;
  }

  Position child(String name) {
    if (type instanceof FieldType.MapOf(var value)) {
      return new Position(schemas, value);
    }
    var field = field(name);
    return new Position(schemas, field == null ? null : field.type());
  }

  Position item() {
    return new Position(schemas, type instanceof FieldType.ListOf(var item) ? item : null);
  }

  /// Whether the value is a map with keys of the user's own, in which nothing is a directive.
  boolean isFreeMap() {
    return type instanceof FieldType.MapOf;
  }
}
