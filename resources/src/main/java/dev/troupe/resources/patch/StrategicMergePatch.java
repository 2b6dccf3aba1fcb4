package dev.troupe.resources.patch;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.Schemas;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A strategic merge patch: a merge patch that knows from the schema which lists are merged, and by
/// which key, and that understands the `$` directives.
public final class StrategicMergePatch {

  static final String PATCH = "$patch";
  static final String RETAIN_KEYS = "$retainKeys";
  static final String SET_ELEMENT_ORDER = "$setElementOrder/";
  static final String DELETE_FROM_PRIMITIVE_LIST = "$deleteFromPrimitiveList/";

  private StrategicMergePatch() {}

  /// @param schema the long name of the document's type
  public static Patched apply(ObjectNode document, JsonNode patch, Schemas schemas, String schema) {
    if (!(patch instanceof ObjectNode object)) {
      return PatchFailure.malformed("invalid JSON document").rejected();
    }
    try {
      return new Patched.Applied(merge(document, object, Position.of(schemas, schema)));
    } catch (PatchFailure failure) {
      return failure.rejected();
    }
  }

  static ObjectNode merge(@Nullable ObjectNode original, ObjectNode patch, Position at) {
    var directive = patch.get(PATCH);
    if (directive != null) {
      switch (directive.isString() ? directive.stringValue() : "") {
        case "replace" -> {
          return mergeFields(Json.object(), patch, at);
        }
        case "delete" -> {
          return Json.object();
        }
        case "merge" -> {}
        default ->
            throw PatchFailure.inapplicable(
                "unknown patch type: " + directive + " in map: " + patch);
      }
    }
    var result = original == null ? Json.object() : Json.shallow(original);
    retainKeys(result, patch);
    return mergeFields(result, patch, at);
  }

  private static ObjectNode mergeFields(ObjectNode result, ObjectNode patch, Position at) {
    for (var name : fieldNames(patch)) {
      var value = patch.get(name);
      if (value != null && value.isNull()) {
        result.remove(name);
      } else if (value instanceof ObjectNode object) {
        var existing = result.get(name) instanceof ObjectNode present ? present : null;
        result.set(name, merge(existing, object, at.child(name)));
      } else if (value == null || value.isArray()) {
        mergeList(result, name, patch, at);
      } else {
        result.set(name, value);
      }
    }
    return result;
  }

  /// The fields that the patch speaks of, by themselves or by a directive about their list.
  private static Set<String> fieldNames(ObjectNode patch) {
    var names = new LinkedHashSet<String>();
    for (var name : patch.propertyNames()) {
      if (name.startsWith(SET_ELEMENT_ORDER)) {
        names.add(name.substring(SET_ELEMENT_ORDER.length()));
      } else if (name.startsWith(DELETE_FROM_PRIMITIVE_LIST)) {
        names.add(name.substring(DELETE_FROM_PRIMITIVE_LIST.length()));
      } else if (!name.equals(PATCH) && !name.equals(RETAIN_KEYS)) {
        names.add(name);
      }
    }
    return names;
  }

  private static void mergeList(ObjectNode result, String name, ObjectNode patch, Position at) {
    var field = at.field(name);
    var list =
        new ListPatch(
            array(patch, name, "invalid list in the patch: " + name),
            array(patch, SET_ELEMENT_ORDER + name, "invalid patch format of setElementOrder list"),
            array(
                patch, DELETE_FROM_PRIMITIVE_LIST + name, "invalid patch format of primitive list"),
            field != null && field.mergesOnPatch(),
            field == null ? "" : field.patchMergeKey());
    var original = result.get(name) instanceof ArrayNode present ? present : null;
    var merged = list.apply(original, at.child(name).item());
    if (merged != null) {
      result.set(name, merged);
    }
  }

  private static @Nullable ArrayNode array(ObjectNode patch, String name, String complaint) {
    var value = patch.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ArrayNode array)) {
      throw PatchFailure.malformed(complaint);
    }
    return array;
  }

  private static void retainKeys(ObjectNode result, ObjectNode patch) {
    var directive = patch.get(RETAIN_KEYS);
    if (directive == null) {
      return;
    }
    if (!directive.isArray()) {
      throw PatchFailure.malformed("invalid patch format of retainKeys");
    }
    var retained = Set.copyOf(Json.strings(patch, RETAIN_KEYS));
    for (var field : patch.properties()) {
      boolean isField = !field.getValue().isNull() && !field.getKey().startsWith("$");
      if (isField && !retained.contains(field.getKey())) {
        throw PatchFailure.malformed("invalid patch format of retainKeys");
      }
    }
    result.retain(retained);
  }
}
