package dev.troupe.resources.structural;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.Conformed;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.DocumentPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Holds an object against a structural schema: drops the fields that it does not have, and the
/// nulls that mean that nothing is given. One pass through one object.
public final class StructuralPruning {

  private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
  private static final Set<String> OF_OBJECTS = Set.of("apiVersion", "kind", "metadata");
  private static final int MAX_UNKNOWN_FIELDS = 100;

  private final Conformer conformer;
  private final DocumentPath path = new DocumentPath();
  private final List<String> unknownFields = new ArrayList<>(0);
  private final List<String> typeErrors = new ArrayList<>(0);

  private StructuralPruning(Conformer conformer) {
    this.conformer = conformer;
  }

  /// A whole resource.
  ///
  /// @param object not modified
  /// @param conformer reads metadata
  public static Conformed resource(ObjectNode object, Structural schema, Conformer conformer) {
    var pass = new StructuralPruning(conformer);
    var pruned = pass.object(object, schema, schema.preserving(), true);
    Collections.sort(pass.unknownFields);
    return new Conformed(pruned, pass.unknownFields, pass.typeErrors);
  }

  /// A value inside of a resource.
  ///
  /// @param value not modified
  public static JsonNode value(JsonNode value, Structural schema) {
    return new StructuralPruning(Conformer.standard()).value(value, schema, schema.preserving());
  }

  /// @param schema null where nothing is known
  /// @param keeping whether what the schema does not have is kept
  private JsonNode value(JsonNode value, @Nullable Structural schema, boolean keeping) {
    return switch (value) {
      case ObjectNode object ->
          schema == null
              ? unknown(object, keeping)
              : object(object, schema, keeping, schema.embedded());
      case ArrayNode list -> list(list, schema, keeping);
      default -> value;
    };
  }

  private JsonNode unknown(ObjectNode object, boolean keeping) {
    if (keeping) {
      return object.deepCopy();
    }
    object.propertyNames().forEach(this::report);
    return Json.object();
  }

  private ArrayNode list(ArrayNode from, @Nullable Structural schema, boolean keeping) {
    var to = Json.array();
    var items = schema == null ? null : schema.items();
    int index = 0;
    for (var item : from) {
      path.enterItem(index++);
      to.add(value(item, items, keeping || (items != null && items.preserving())));
      path.leave();
    }
    return to;
  }

  private ObjectNode object(
      ObjectNode from, Structural schema, boolean keeping, boolean isResource) {
    var to = Json.object();
    for (var field : from.properties()) {
      var name = field.getKey();
      if (isResource && OF_OBJECTS.contains(name)) {
        typed(to, name, field.getValue());
      } else if (schema.knows(name)) {
        known(to, name, field.getValue(), schema);
      } else if (keeping) {
        to.set(name, field.getValue().deepCopy());
      } else {
        report(name);
      }
    }
    return to;
  }

  private void known(ObjectNode to, String name, JsonNode value, Structural schema) {
    var known = schema.field(name);
    if (value.isNull() && known != null && !known.nullable() && known.defaultValue() == null) {
      return;
    }
    path.enterField(name);
    to.set(name, value(value, known, known != null && known.preserving()));
    path.leave();
  }

  /// Type and metadata of a resource.
  private void typed(ObjectNode to, String name, JsonNode value) {
    path.enterField(name);
    if (!name.equals("metadata")) {
      if (!value.isString()) {
        fail(path.text() + ": Invalid value: " + value + ": must be a string");
      }
      to.set(name, value);
    } else if (value instanceof ObjectNode metadata) {
      metadata(to, metadata);
    } else if (!value.isNull()) {
      fail(
          path.text()
              + ": Invalid value: "
              + value
              + ": json: cannot unmarshal into Go value of type v1.ObjectMeta");
    }
    path.leave();
  }

  private void metadata(ObjectNode to, ObjectNode metadata) {
    var conformed = conformer.conform(metadata, OBJECT_META);
    boolean inside = !path.text().equals("metadata");
    for (var error : conformed.typeErrors()) {
      fail(inside ? path.text() + ": Invalid value: " + metadata + ": " + error : error);
    }
    conformed.unknownFields().forEach(this::report);
    if (conformed.object().path("creationTimestamp").isNull()) {
      conformed.object().remove("creationTimestamp");
    }
    to.set("metadata", conformed.object());
  }

  private void fail(String message) {
    if (typeErrors.isEmpty()) {
      typeErrors.add(message);
    }
  }

  private void report(String name) {
    if (unknownFields.size() < MAX_UNKNOWN_FIELDS) {
      path.enterField(name);
      unknownFields.add(path.text());
      path.leave();
    }
  }
}
