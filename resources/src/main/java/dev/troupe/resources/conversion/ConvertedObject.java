package dev.troupe.resources.conversion;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldError;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.LabelValidation;
import dev.troupe.resources.validation.MetadataValidation;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An object that somebody else is to have converted, held against what came back.
///
/// @param index its place among others; [#ONLY] if it was alone
record ConvertedObject(ObjectNode original, String desired, int index) {

  static final int ONLY = -1;

  /// @throws ConversionRefused if it is not the same object in another version
  ObjectNode checked(JsonNode answer) {
    if (!(answer instanceof ObjectNode converted)) {
      throw invalid("converted object", "it is no object");
    }
    var version = Json.text(converted, "apiVersion");
    if (!version.equals(desired)) {
      throw invalid(
          "converted object",
          "invalid groupVersion (expected " + desired + ", received " + version + ")");
    }
    same("kind", Json.text(original, "kind"), Json.text(converted, "kind"));
    var before = Json.object(original, "metadata");
    var after = Json.object(converted, "metadata");
    same("name", Json.text(before, "name"), Json.text(after, "name"));
    same("namespace", Json.text(before, "namespace"), Json.text(after, "namespace"));
    same("UID", Json.text(before, "uid"), Json.text(after, "uid"));
    if (after == null) {
      throw invalid("metadata in object", "missing metadata in converted object");
    }
    var result = Json.shallow(converted);
    result.set("metadata", metadata(before, after));
    return result;
  }

  private void same(String what, String expected, String found) {
    if (!expected.equals(found)) {
      throw invalid(
          "converted object", "must have the same " + what + ": " + expected + " != " + found);
    }
  }

  private ObjectNode metadata(@Nullable ObjectNode before, ObjectNode after) {
    var metadata = before == null ? Json.object() : before.deepCopy();
    for (var field : List.of("labels", "annotations")) {
      var given = Json.get(after, field);
      if (given == null) {
        metadata.remove(field);
      } else if (given instanceof ObjectNode map) {
        texts(field, map);
        if (!Json.same(map, metadata.get(field))) {
          validate(field, after);
        }
        metadata.set(field, map);
      } else {
        throw invalid("metadata in object", wrongType("metadata." + field, "invalid ", given));
      }
    }
    return metadata;
  }

  private void texts(String field, ObjectNode map) {
    for (var entry : map.properties()) {
      if (!entry.getValue().isString()) {
        throw invalid(
            "metadata in object",
            "metadata."
                + field
                + "["
                + entry.getKey()
                + "] must be a string, but is "
                + type(entry.getValue())
                + " in converted object");
      }
    }
  }

  private static String wrongType(String field, String before, JsonNode value) {
    return before + field + " of type " + type(value) + " in converted object";
  }

  private static String type(JsonNode value) {
    return value.getNodeType().toString().toLowerCase(Locale.ROOT);
  }

  private void validate(String field, ObjectNode metadata) {
    var errors = new FieldErrors();
    if (field.equals("labels")) {
      LabelValidation.check(metadata, "labels", Path.METADATA.child("labels"), errors);
    } else {
      MetadataValidation.annotations(metadata, Path.METADATA.child("annotation"), errors);
    }
    if (!errors.isEmpty()) {
      throw invalid(
          "metadata in object",
          errors.all().stream().map(FieldError::toString).collect(Collectors.joining(", ")));
    }
  }

  private ConversionRefused invalid(String what, String why) {
    return new ConversionRefused(
        "conversion webhook for %s returned invalid %s: %s"
            .formatted(
                ConversionReview.name(original), index == ONLY ? alone(what) : at(what), why));
  }

  private String at(String what) {
    return what + " at index " + index;
  }

  private static String alone(String what) {
    return what.equals("converted object") ? "object" : "metadata";
  }
}
