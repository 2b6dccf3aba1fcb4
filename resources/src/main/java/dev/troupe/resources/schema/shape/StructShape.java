package dev.troupe.resources.schema.shape;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.ObjectSchema;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Objects of a type of the tables. The shapes of its fields are made at the first look, because
/// types refer to themselves.
final class StructShape implements MergeShape {

  private static final JsonNode TCP = Json.string("TCP");

  private final ObjectSchema schema;
  private final SchemaShapes shapes;
  private volatile @Nullable Map<String, MergeShape> fields;

  StructShape(ObjectSchema schema, SchemaShapes shapes) {
    this.schema = schema;
    this.shapes = shapes;
  }

  private Map<String, MergeShape> fields() {
    var known = fields;
    if (known == null) {
      known = new HashMap<>();
      for (var field : schema.fields().values()) {
        known.put(field.name(), shapes.of(field));
      }
      fields = known;
    }
    return known;
  }

  @Override
  public boolean isAtomicObject() {
    return schema.atomic();
  }

  @Override
  public @Nullable MergeShape field(String name) {
    return fields().get(name);
  }

  @Override
  public boolean declares(String name) {
    return schema.fields().containsKey(name);
  }

  /// The one key with a default in the schemas of Kubernetes is `protocol`.
  @Override
  public @Nullable JsonNode defaultOf(String field) {
    return field.equals("protocol") ? TCP : null;
  }

  @Override
  public ExpectedValue expected() {
    return ExpectedValue.MAP;
  }
}
