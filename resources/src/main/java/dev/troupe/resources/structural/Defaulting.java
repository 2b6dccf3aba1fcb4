package dev.troupe.resources.structural;

import dev.troupe.resources.structural.Structural.Others;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Fills in what a value leaves open and its schema has a default for.
public final class Defaulting {

  private Defaulting() {}

  /// @param value pruned; modified
  public static void complete(JsonNode value, Structural schema) {
    if (!schema.defaults()) {
      return;
    }
    switch (value) {
      case ObjectNode object -> object(object, schema);
      case ArrayNode list -> list(list, schema.items());
      default -> {}
    }
  }

  private static void object(ObjectNode object, Structural schema) {
    for (var property : schema.properties().entrySet()) {
      var given = property.getValue().defaultValue();
      if (given != null && isOpen(object.get(property.getKey()), property.getValue())) {
        object.set(property.getKey(), given.deepCopy());
      }
    }
    for (var name : new ArrayList<>(object.propertyNames())) {
      field(object, name, schema);
    }
  }

  private static void field(ObjectNode object, String name, Structural schema) {
    var property = schema.properties().get(name);
    if (property != null) {
      complete(object.path(name), property);
    } else if (schema.others() instanceof Others.Typed(var other)) {
      var given = other.defaultValue();
      if (given != null && isOpen(object.get(name), other)) {
        object.set(name, given.deepCopy());
      }
      complete(object.path(name), other);
    }
  }

  private static void list(ArrayNode list, @Nullable Structural items) {
    if (items == null) {
      return;
    }
    var given = items.defaultValue();
    for (int i = 0; i < list.size(); i++) {
      if (given != null && isOpen(list.get(i), items)) {
        list.set(i, given.deepCopy());
      }
      complete(list.get(i), items);
    }
  }

  private static boolean isOpen(@Nullable JsonNode value, Structural schema) {
    return value == null || (value.isNull() && !schema.nullable());
  }
}
