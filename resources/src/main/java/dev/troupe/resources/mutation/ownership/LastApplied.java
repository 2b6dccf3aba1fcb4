package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.merging.Comparison;
import dev.troupe.resources.ownership.merging.Fitting;
import dev.troupe.resources.ownership.merging.OwnedFields;
import dev.troupe.resources.schema.shape.MergeShape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `kubectl apply` without the server notes in an annotation: it lets kubectl take over its
/// own fields when it goes on with the server, and is kept true for the way back.
///
/// @param shape of what is applied, in `apiVersion`
record LastApplied(MergeShape shape, String apiVersion) {

  static final String KUBECTL = "kubectl";

  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private static String annotation(ObjectNode object) {
    var annotations = Json.object(Json.object(object, "metadata"), "annotations");
    return Json.text(annotations, ANNOTATION);
  }

  /// The conflicts that are about more than what the annotation says.
  List<OwnershipConflict> settled(List<OwnershipConflict> conflicts, ObjectNode live) {
    if (conflicts.isEmpty()) {
      return conflicts;
    }
    var allowed = allowed(live);
    return conflicts.stream()
        .map(conflict ->
            new OwnershipConflict(conflict.owner(), conflict.fields().difference(allowed)))
        .filter(conflict -> !conflict.fields().isEmpty())
        .toList();
  }

  /// The fields that were applied and still are as they were applied.
  private FieldSet allowed(ObjectNode live) {
    var text = annotation(live);
    if (text.isEmpty()
        || !(new JsonDecoder().decode(text.getBytes(StandardCharsets.UTF_8))
            instanceof Decoding.Decoded(ObjectNode applied, _))
        || !Json.text(applied, "apiVersion").equals(apiVersion)
        || !Fitting.complaints(applied, shape).isEmpty()) {
      return FieldSet.EMPTY;
    }
    var comparison = Comparison.of(applied, live, shape);
    return OwnedFields.of(applied, shape)
        .difference(comparison.changed().union(comparison.removed()));
  }

  /// Notes what is applied where something has been noted.
  void update(ObjectNode object, ObjectNode wanted) {
    if (annotation(object).isEmpty()) {
      return;
    }
    var noted = wanted.deepCopy();
    var annotations = Json.object(Json.object(noted, "metadata"), "annotations");
    if (annotations != null) {
      annotations.remove(ANNOTATION);
    }
    var metadata = Json.shallow(Json.child(object, "metadata"));
    var all = Json.shallow(Json.child(metadata, "annotations"));
    all.put(ANNOTATION, sorted(noted) + "\n");
    metadata.set("annotations", all);
    object.set("metadata", metadata);
  }

  /// As Go writes maps.
  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var fields = new TreeMap<String, JsonNode>();
      object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      return Json.object().setAll(fields);
    }
    if (node instanceof ArrayNode list) {
      var items = Json.array();
      list.forEach(item -> items.add(sorted(item)));
      return items;
    }
    return node;
  }
}
