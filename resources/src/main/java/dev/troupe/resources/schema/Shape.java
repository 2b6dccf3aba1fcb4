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
      filled = all.stream().filter(property -> property.zero() == Zero.FILLED).toList();
    }

    /// The type's own name, without its package.
    String name() {
      return name;
    }

    @Nullable Property property(String key) {
      return properties.get(key);
    }

    /// The objects that are never absent.
    List<Property> filled() {
      return filled;
    }

    @Override
    public String goType() {
      return goType;
    }
  }

  record Property(String name, Shape shape, Zero zero) {}
}
