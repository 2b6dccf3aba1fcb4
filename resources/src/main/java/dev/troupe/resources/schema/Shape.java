package dev.troupe.resources.schema;

import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A [FieldType] with its references resolved, so that objects are held against it without look-ups
/// by name.
sealed interface Shape {

  /// As Go prints the type.
  String goType();

  record ScalarShape(Scalar scalar, String goType) implements Shape {}

  record ListShape(Shape item, String goType) implements Shape {}

  record MapShape(Shape value, String goType) implements Shape {}

  /// Filled in after construction, because types refer to themselves.
  final class ObjectShape implements Shape {

    private final String name;
    private final String goType;
    private final Map<String, Property> properties = new HashMap<>();
    private List<Property> filled = List.of();

    ObjectShape(String name, String goType) {
      this.name = name;
      this.goType = goType;
    }

    void define(List<Property> all) {
      all.forEach(property -> properties.put(property.name(), property));
      filled = all.stream().filter(Property::isAlwaysThere).toList();
    }

    /// The type's own name, without its package.
    String name() {
      return name;
    }

    @Nullable Property property(String key) {
      return properties.get(key);
    }

    /// The fields that are never absent.
    List<Property> filled() {
      return filled;
    }

    @Override
    public String goType() {
      return goType;
    }
  }

  record Property(String name, Shape shape, boolean required, Zero zero) {

    /// Go writes a field whatever its value if nothing says that zero is left out.
    boolean isAlwaysThere() {
      return switch (shape) {
        case ObjectShape _ -> zero == Zero.FILLED;
        case ListShape _, MapShape _ -> required && zero == Zero.KEPT;
        case ScalarShape(var scalar, _) ->
            switch (scalar) {
              case STRING, BOOLEAN, INT32, INT64, DOUBLE -> zero == Zero.KEPT;
              case TIME, MICRO_TIME -> zero == Zero.NULL;
              case BYTES, QUANTITY, INT_OR_STRING, ANY, OBJECT -> false;
            };
      };
    }
  }
}
