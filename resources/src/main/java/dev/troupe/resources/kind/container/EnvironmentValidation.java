package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Environment variables of a container.
public final class EnvironmentValidation {

  private static final List<String> KEYED = List.of("configMapKeyRef", "secretKeyRef");
  private static final List<String> SOURCES = List.of("configMapRef", "secretRef");

  private EnvironmentValidation() {}

  public static void check(ObjectNode container, Path path, FieldErrors errors) {
    int index = 0;
    for (var variable : Json.objects(container, "env")) {
      one(variable, path.child("env").item(index++), errors);
    }
    index = 0;
    for (var source : Json.objects(container, "envFrom")) {
      from(source, index++, path.child("envFrom"), errors);
    }
  }

  private static void one(ObjectNode variable, Path path, FieldErrors errors) {
    var name = Json.text(variable, "name");
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    } else {
      variable(name, path.child("name"), errors);
    }
    var source = Json.object(variable, "valueFrom");
    if (source == null) {
      return;
    }
    var at = path.child("valueFrom");
    if (!source.isEmpty() && !Json.text(variable, "value").isEmpty()) {
      errors.invalid(at, "", "may not be specified when `value` is not empty");
    } else if (source.size() > 1) {
      errors.invalid(at, "", "may not have more than one field specified at a time");
    }
    source(source, at, errors);
  }

  private static void variable(String name, Path path, FieldErrors errors) {
    if (!name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=')) {
      errors.invalid(
          path,
          name,
          "a valid environment variable name must consist only of printable ASCII characters other"
              + " than '='");
    }
  }

  /// Where the value of one variable comes from.
  private static void source(ObjectNode source, Path at, FieldErrors errors) {
    if (source.isEmpty()) {
      errors.invalid(
          at,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or"
              + " `secretKeyRef`");
    }
    for (var keyed : KEYED) {
      var ref = Json.object(source, keyed);
      if (ref != null) {
        key(ref, at.child(keyed), errors);
      }
    }
    var field = Json.object(source, "fieldRef");
    if (field != null) {
      FieldReference.check(field, FieldReference.OF_VARIABLES, at.child("fieldRef"), errors);
    }
    var resource = Json.object(source, "resourceFieldRef");
    if (resource != null) {
      FieldReference.checkResource(resource, at.child("resourceFieldRef"), errors);
    }
  }

  private static void key(ObjectNode ref, Path path, FieldErrors errors) {
    var name = Json.text(ref, "name");
    Names.subdomain(name).ifPresent(wrong -> errors.invalid(path.child("name"), name, wrong));
    Checks.required(ref, "key", path, errors);
    Checks.text(ref, "key", Names::key, path, errors);
  }

  private static void from(ObjectNode source, int index, Path path, FieldErrors errors) {
    var prefix = Json.text(source, "prefix");
    if (!prefix.isEmpty()) {
      variable(prefix, path.item(index).child("prefix"), errors);
    }
    int sources = 0;
    for (var sort : SOURCES) {
      var ref = Json.object(source, sort);
      if (ref != null) {
        sources++;
        var at = path.item(index).child(sort);
        Checks.required(ref, "name", at, errors);
        Checks.text(ref, "name", Names::subdomain, at, errors);
      }
    }
    if (sources == 0) {
      errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
    } else if (sources > 1) {
      errors.invalid(path, "", "may not have more than one field specified at a time");
    }
  }
}
