package dev.troupe.resources.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.ObjectSchema;
import java.util.ArrayList;
import java.util.List;

/// The kind of a defined type, made from its definition.
final class DefinedKind implements Kind {

  private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
  private static final List<String> KEPT_BY_STATUS =
      List.of("annotations", "finalizers", "generateName", "labels", "ownerReferences");

  private final List<ObjectSchema> schemas;

  DefinedKind(List<DefinedVersion> versions) {
    this.schemas = versions.stream().flatMap(version -> schemas(version).stream()).toList();
  }

  @Override
  public List<ObjectSchema> schemas() {
    return schemas;
  }

  /// Who writes the status writes nothing else.
  @Override
  public List<String> keptByStatus() {
    return KEPT_BY_STATUS;
  }

  private static List<ObjectSchema> schemas(DefinedVersion version) {
    var fields = new ArrayList<Field>();
    fields.add(Field.of("apiVersion", Scalar.STRING, Zero.DROPPED));
    fields.add(Field.of("kind", Scalar.STRING, Zero.DROPPED));
    fields.add(Field.of("metadata", new FieldType.Ref(OBJECT_META), Zero.FILLED));
    var properties = Json.object(version.schema(), "properties");
    for (var property : properties == null ? List.<String>of() : properties.propertyNames()) {
      if (fields.stream().noneMatch(field -> field.name().equals(property))) {
        fields.add(Field.of(property, Scalar.ANY, Zero.DISTINCT));
      }
    }
    return List.of(
        ObjectSchema.of(version.schemaType(), fields.toArray(Field[]::new)),
        ObjectSchema.listOf(version.schemaType()));
  }
}
