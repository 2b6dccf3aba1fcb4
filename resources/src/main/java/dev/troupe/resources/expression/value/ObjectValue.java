package dev.troupe.resources.expression.value;

import dev.troupe.resources.expression.type.ExpressionType;
import dev.troupe.resources.expression.type.ExpressionType.Form;
import dev.troupe.resources.expression.type.PropertyNames;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An object or a map. The fields of an object have the identifiers that expressions say; those
/// that are null are not there.
public final class ObjectValue extends AbstractMap<String, Object> {

  private final ObjectNode json;
  private final ExpressionType type;

  ObjectValue(ObjectNode json, ExpressionType type) {
    this.json = json;
    this.type = type;
  }

  ObjectNode json() {
    return json;
  }

  /// Whether every entry is one that expressions can ask for.
  boolean isKnown(String property) {
    return type.form() == Form.MAP
        || PropertyNames.identifier(property).filter(type.fields()::containsKey).isPresent();
  }

  @Override
  public @Nullable Object get(Object key) {
    if (!(key instanceof String name)) {
      return null;
    }
    if (type.form() == Form.MAP) {
      var value = json.get(name);
      var element = type.element();
      return value == null || element == null ? null : JsonValues.of(value, element);
    }
    var field = type.fields().get(name);
    var value = field == null ? null : property(name);
    return value == null || value.isNull() || field == null ? null : JsonValues.of(value, field);
  }

  private @Nullable JsonNode property(String identifier) {
    return json.get(type.properties().getOrDefault(identifier, identifier));
  }

  @Override
  public boolean containsKey(Object key) {
    if (!(key instanceof String name)) {
      return false;
    }
    if (type.form() == Form.MAP) {
      return json.has(name);
    }
    var value = type.fields().containsKey(name) ? property(name) : null;
    return value != null && !value.isNull();
  }

  @Override
  public int size() {
    return json.size();
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Object>> iterator() {
        return json.propertyNames().stream()
            .map(ObjectValue.this::identifier)
            .filter(ObjectValue.this::containsKey)
            .map(ObjectValue.this::entry)
            .iterator();
      }

      @Override
      public int size() {
        return ObjectValue.this.size();
      }
    };
  }

  private String identifier(String property) {
    return type.form() == Form.MAP ? property : PropertyNames.identifier(property).orElse(property);
  }

  private Map.Entry<String, Object> entry(String name) {
    var value = get(name);
    if (value == null) {
      throw new IllegalStateException("no value of a name that is there: " + name);
    }
    return Map.entry(name, value);
  }
}
