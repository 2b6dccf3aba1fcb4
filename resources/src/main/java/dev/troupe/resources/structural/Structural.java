package dev.troupe.resources.structural;

import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One node of a structural schema: what a value is made of, and which rules it keeps. Immutable.
///
/// @param type `object`, `array`, `string`, `integer`, `number`, `boolean`; empty if it is not said
/// @param preserving whether fields that the schema does not have are kept
/// @param embedded whether the value is a whole object with a type and metadata of its own
/// @param defaultValue what stands for a value that is not given; null if nothing does
/// @param others what fields beside the properties are
/// @param listType of a list
/// @param mapKeys the keys of the items of a list of type `MAP`
/// @param atomic of an object: whether it has one owner as a whole
/// @param defaults whether there is a default anywhere below
public record Structural(
    String type,
    boolean intOrString,
    boolean preserving,
    boolean embedded,
    boolean nullable,
    @Nullable JsonNode defaultValue,
    Map<String, Structural> properties,
    Others others,
    @Nullable Structural items,
    ListType listType,
    List<String> mapKeys,
    boolean atomic,
    boolean defaults,
    ValueRules rules) {

  /// Fields that are not among the properties of an object.
  public sealed interface Others {
    /// Nothing is said about them: they are pruned.
    record Unknown() implements Others {}

    record Forbidden() implements Others {}

    /// Allowed, whatever they are; what is inside of them is not known.
    record Any() implements Others {}

    record Typed(Structural value) implements Others {}
  }

  /// @param schema `JSONSchemaProps` as JSON, valid
  public static Structural of(ObjectNode schema) {
    return new StructuralReader().read(schema);
  }

  /// The schema of a field: that of the property, or that of all others.
  public @Nullable Structural field(String name) {
    var property = properties.get(name);
    return property != null ? property : others instanceof Others.Typed(var value) ? value : null;
  }

  /// Whether a field is something that the schema speaks of.
  boolean knows(String name) {
    return properties.containsKey(name) || !(others instanceof Others.Unknown);
  }

  /// Looks at what is right below a value, as far as its schema is known: at the fields of an
  /// object, or the items of a list.
  void below(JsonNode value, Path path, Look look) {
    switch (value) {
      case ObjectNode object -> {
        for (var field : object.properties()) {
          var schema = field(field.getKey());
          if (schema != null) {
            boolean isProperty = properties.containsKey(field.getKey());
            var at = isProperty ? path.child(field.getKey()) : path.key(field.getKey());
            look.at(field.getValue(), schema, at);
          }
        }
      }
      case ArrayNode list -> {
        for (int i = 0; items != null && i < list.size(); i++) {
          look.at(list.get(i), items, path.item(i));
        }
      }
      default -> {}
    }
  }

  /// Is shown a value.
  @FunctionalInterface
  interface Look {
    void at(JsonNode value, Structural schema, Path path);
  }
}
