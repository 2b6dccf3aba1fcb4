package dev.troupe.resources.ownership.merging;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.FieldsV1;
import dev.troupe.resources.schema.shape.MergeShape;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What would come of applying an object, found out by whoever may want to without doing it.
public final class AppliedFields {

  /// What every object says of itself.
  private static final FieldSet IDENTITY =
      FieldSet.ofFields("apiVersion")
          .union(FieldSet.ofFields("kind"))
          .union(FieldSet.ofFields("metadata", "name"))
          .union(FieldSet.ofFields("metadata", "namespace"));

  private AppliedFields() {}

  /// Whether anything in the object would be otherwise.
  public static boolean change(ObjectNode live, ObjectNode wanted, MergeShape shape) {
    return !Json.same(live, MergedObject.of(live, wanted, shape));
  }

  /// Whether these are all fields that the applier has applied, so that none would go; false if it
  /// has applied none yet.
  ///
  /// @param live with its owners
  public static boolean areAllOf(
      String applier, ObjectNode live, ObjectNode wanted, MergeShape shape) {
    var fields = OwnedFields.of(wanted, shape).difference(IDENTITY);
    var entry = entry(live.path("metadata").path("managedFields"), applier);
    if (entry == null) {
      return fields.isEmpty();
    }
    boolean sameVersion = entry.path("apiVersion").equals(wanted.path("apiVersion"));
    return !sameVersion
        || !(entry.path("fieldsV1") instanceof ObjectNode written)
        || FieldsV1.read(written).orElse(FieldSet.EMPTY).difference(fields).isEmpty();
  }

  private static @Nullable JsonNode entry(JsonNode managedFields, String applier) {
    for (var entry : managedFields) {
      if (entry.path("manager").asString("").equals(applier)
          && entry.path("operation").asString("").equals("Apply")
          && entry.path("subresource").asString("").isEmpty()) {
        return entry;
      }
    }
    return null;
  }
}
