package dev.troupe.resources.structural;

import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.schema.shape.DeducedShape;
import dev.troupe.resources.schema.shape.ExpectedValue;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.schema.shape.SchemaShapes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How values of a structural schema are taken apart when fields have owners.
///
/// @param isResource whether they have a type and metadata, which everybody knows
public record StructuralShape(Structural schema, boolean isResource) implements MergeShape {

  private static final Map<String, MergeShape> OF_RESOURCES =
      Map.of(
          "apiVersion",
          DeducedShape.INSTANCE,
          "kind",
          DeducedShape.INSTANCE,
          "metadata",
          new SchemaShapes(Schemas.standard())
              .of("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"));

  private static StructuralShape inside(Structural schema) {
    return new StructuralShape(schema, schema.embedded());
  }

  @Override
  public boolean isAtomicObject() {
    return schema.atomic();
  }

  /// Where fields are preserved that are not known, their values say how they are taken apart.
  @Override
  public @Nullable MergeShape field(String name) {
    if (isResource && OF_RESOURCES.containsKey(name)) {
      return OF_RESOURCES.get(name);
    }
    var known = schema.field(name);
    if (known != null) {
      return inside(known);
    }
    return schema.preserving() || schema.knows(name) ? DeducedShape.INSTANCE : null;
  }

  @Override
  public boolean declares(String name) {
    return schema.properties().containsKey(name) || (isResource && OF_RESOURCES.containsKey(name));
  }

  @Override
  public ListType listType() {
    return schema.listType() == ListType.NONE ? ListType.ATOMIC : schema.listType();
  }

  @Override
  public List<String> listKeys() {
    return schema.mapKeys();
  }

  @Override
  public MergeShape item() {
    var items = schema.items();
    return items == null ? DeducedShape.INSTANCE : inside(items);
  }

  @Override
  public @Nullable JsonNode defaultOf(String field) {
    var known = schema.field(field);
    return known == null ? null : known.defaultValue();
  }

  @Override
  public ExpectedValue expected() {
    return switch (schema.type()) {
      case "object" -> ExpectedValue.MAP;
      case "array" -> ExpectedValue.LIST;
      case "string" -> ExpectedValue.STRING;
      case "boolean" -> ExpectedValue.BOOLEAN;
      case "integer", "number" -> ExpectedValue.NUMBER;
      default -> ExpectedValue.ANYTHING;
    };
  }
}
