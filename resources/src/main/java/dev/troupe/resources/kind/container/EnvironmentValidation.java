package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Environment variables of a container.
public final class EnvironmentValidation {

  private static final List<String> KEYED = List.of("configMapKeyRef", "secretKeyRef");
  private static final Map<String, String> SOURCES =
      Map.of("configMapRef", "name", "secretRef", "name");

  private EnvironmentValidation() {}

  public static void check(ObjectNode container, Path path, FieldErrors errors) {
    int index = 0;
    for (var variable : Json.objects(container, "env")) {
      one(variable, path.child("env").item(index++), errors);
    }
    index = 0;
    for (var source : Json.objects(container, "envFrom")) {
      from(source, path.child("envFrom").item(index++), errors);
    }
  }

  private static void one(ObjectNode variable, Path path, FieldErrors errors) {
    var name = Json.text(variable, "name");
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    } else if (!name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=')) {
      errors.invalid(
          path.child("name"),
          name,
          "a valid environment variable name must consist only of printable ASCII characters other"
              + " than '='");
    }
    var source = Json.object(variable, "valueFrom");
    if (source == null) {
      return;
    }
    var at = path.child("valueFrom");
    if (!Json.text(variable, "value").isEmpty()) {
      errors.invalid(at, "", "may not be specified when `value` is not empty");
    }
    source(source, at, errors);
  }

  /// Where the value of one variable comes from.
  private static void source(ObjectNode source, Path at, FieldErrors errors) {
    if (source.isEmpty()) {
      errors.invalid(
          at,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or"
              + " `secretKeyRef`");
    } else if (source.size() > 1) {
      errors.invalid(at, "", "may not have more than one field specified at a time");
    }
    for (var keyed : KEYED) {
      var ref = Json.object(source, keyed);
      if (ref != null) {
        Checks.required(ref, "name", at.child(keyed), errors);
        Checks.required(ref, "key", at.child(keyed), errors);
      }
    }
    var field = Json.object(source, "fieldRef");
    if (field != null) {
      Checks.required(field, "fieldPath", at.child("fieldRef"), errors);
      Checks.text(field, "fieldPath", FieldReference::check, at.child("fieldRef"), errors);
    }
  }

  private static void from(ObjectNode source, Path path, FieldErrors errors) {
    int sources = 0;
    for (var entry : SOURCES.entrySet()) {
      var ref = Json.object(source, entry.getKey());
      if (ref != null) {
        sources++;
        Checks.required(ref, entry.getValue(), path.child(entry.getKey()), errors);
      }
    }
    if (sources == 0) {
      errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
    } else if (sources > 1) {
      errors.invalid(path, "", "may not have more than one field specified at a time");
    }
  }
}
