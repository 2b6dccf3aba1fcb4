package dev.troupe.runtime.journal;

import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.schema.shape.DeducedShape;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.schema.shape.SchemaShapes;
import java.util.function.Function;

/// What may be taken apart in the objects of a type.
public final class TypeShapes {

  private TypeShapes() {}

  /// By `apiVersion`. Of versions that are not served any more, objects are taken apart as they
  /// are.
  public static Function<String, MergeShape> of(ResourceType type) {
    var shapes = new SchemaShapes(type.schemas());
    return apiVersion ->
        type.served().stream()
            .filter(served -> served.apiVersion().equals(apiVersion))
            .findFirst()
            .map(served ->
                type.kind().mergeShape(apiVersion).orElseGet(() -> shapes.of(served.schemaType())))
            .orElse(DeducedShape.INSTANCE);
  }
}
