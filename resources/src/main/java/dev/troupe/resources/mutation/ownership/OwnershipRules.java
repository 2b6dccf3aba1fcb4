package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.conversion.Converter;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.schema.shape.SchemaShapes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What ownership needs to know of all types. Safe for any number of threads.
public final class OwnershipRules {

  static final FieldSet STATUS = FieldSet.ofFields("status");

  private final SchemaShapes shapes;
  private final Conformer conformer;
  private final Map<String, ObjectNode> blanks = new ConcurrentHashMap<>();

  public OwnershipRules(Schemas schemas, Conformer conformer) {
    this.shapes = new SchemaShapes(schemas);
    this.conformer = conformer;
  }

  /// @param served in which the request is written
  public Ownership of(
      ResourceType type, Served served, MutationRequest request, Converter converter) {
    return new Ownership(this, type, served, request, converter);
  }

  /// Null if the type is not served so.
  @Nullable MergeShape shape(ResourceType type, String apiVersion) {
    for (var served : type.served()) {
      if (served.apiVersion().equals(apiVersion)) {
        return type.kind().mergeShape(apiVersion).orElseGet(() -> shapes.of(served.schemaType()));
      }
    }
    return null;
  }

  /// An object in which nothing is given, as the types of Kubernetes write it: some fields are
  /// always there. Not to be modified.
  ObjectNode blank(ResourceType type, Served served) {
    if (type.kind().mergeShape(served.apiVersion()).isPresent()) {
      return Json.object().put("apiVersion", served.apiVersion());
    }
    return blanks.computeIfAbsent(
        served.schemaType(),
        schema ->
            conformer
                .conform(Json.object(), schema)
                .object()
                .put("apiVersion", served.apiVersion()));
  }

  /// The fields of metadata that a change of the status does not touch.
  FieldSet keptByStatus(Kind kind) {
    var kept = FieldSet.EMPTY;
    for (var field : kind.keptByStatus()) {
      kept = kept.union(FieldSet.ofFields("metadata", field));
    }
    return kept;
  }
}
