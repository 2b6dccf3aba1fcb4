package dev.troupe.resources.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.registry.VersionOrder;
import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.subresource.DefinedScale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One version of a defined type.
///
/// @param schemaType the long name of its schema, such as `com.example.v1.CronTab`
/// @param definition the item of `spec.versions`
record DefinedVersion(
    String group, String name, String kind, String schemaType, ObjectNode definition) {

  private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
  private static final Pattern DOT = Pattern.compile("\\.");

  /// Those of a definition: the stored one first, then as they stand there.
  static List<DefinedVersion> all(ObjectNode spec) {
    var group = Json.text(spec, "group");
    var kind = Json.text(Json.object(spec, "names"), "kind");
    var all = new ArrayList<DefinedVersion>();
    for (var version : Json.objects(spec, "versions")) {
      var name = Json.text(version, "name");
      var schemaType = reversed(group) + "." + name + "." + kind;
      var defined = new DefinedVersion(group, name, kind, schemaType, version);
      if (defined.storage()) {
        all.addFirst(defined);
      } else {
        all.add(defined);
      }
    }
    return all;
  }

  private static String reversed(String group) {
    var parts = new ArrayList<>(List.of(DOT.split(group, -1)));
    Collections.reverse(parts);
    return String.join(".", parts);
  }

  String apiVersion() {
    return group + "/" + name;
  }

  boolean storage() {
    return Json.truth(definition, "storage");
  }

  boolean served() {
    return Json.truth(definition, "served");
  }

  ObjectNode subresources() {
    var subresources = Json.object(definition, "subresources");
    return subresources == null ? Json.object() : subresources;
  }

  boolean hasStatus() {
    return Json.has(subresources(), "status");
  }

  /// Null if it cannot be scaled.
  @Nullable DefinedScale scale() {
    var scale = Json.object(subresources(), "scale");
    return scale == null
        ? null
        : new DefinedScale(
            Json.text(scale, "specReplicasPath"),
            Json.text(scale, "statusReplicasPath"),
            Json.text(scale, "labelSelectorPath"));
  }

  /// What is told who uses a version that is on its way out.
  Optional<String> deprecation(List<DefinedVersion> all) {
    if (!Json.truth(definition, "deprecated")) {
      return Optional.empty();
    }
    if (Json.has(definition, "deprecationWarning")) {
      return Optional.of(Json.text(definition, "deprecationWarning"));
    }
    var better =
        all.stream()
            .filter(other -> other.served() && !Json.truth(other.definition(), "deprecated"))
            .filter(other -> new VersionOrder().compare(name, other.name()) > 0)
            .findFirst();
    return Optional.of(
        apiVersion()
            + " "
            + kind
            + " is deprecated"
            + better.map(other -> "; use " + other.apiVersion() + " " + kind).orElse(""));
  }

  /// The schemas as far as those ask for them who know no structural ones.
  List<ObjectSchema> schemas() {
    var fields = new ArrayList<Field>();
    fields.add(Field.of("apiVersion", Scalar.STRING, Zero.DROPPED));
    fields.add(Field.of("kind", Scalar.STRING, Zero.DROPPED));
    fields.add(Field.of("metadata", new FieldType.Ref(OBJECT_META), Zero.FILLED));
    var properties = Json.object(schema(), "properties");
    for (var property : properties == null ? List.<String>of() : properties.propertyNames()) {
      if (fields.stream().noneMatch(field -> field.name().equals(property))) {
        fields.add(Field.of(property, Scalar.ANY, Zero.DISTINCT));
      }
    }
    return List.of(
        ObjectSchema.of(schemaType, fields.toArray(Field[]::new)).documented(schema()),
        ObjectSchema.listOf(schemaType));
  }

  /// Its `openAPIV3Schema`.
  ObjectNode schema() {
    var schema = Json.object(Json.object(definition, "schema"), "openAPIV3Schema");
    return schema == null ? Json.object() : schema;
  }
}
