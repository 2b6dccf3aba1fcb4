package dev.troupe.resources.kind.volume;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.FieldReference;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.SelectorValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Volumes whose files are made of something else: of keys, of fields, of tokens.
final class ProjectionValidation {

  private static final int MAX_MODE = 0777;
  private static final int MIN_TOKEN_SECONDS = 600;
  private static final long MAX_TOKEN_SECONDS = 1L << 32;
  private static final String CONFLICT = "conflicting duplicate paths";

  private ProjectionValidation() {}

  static void mode(ObjectNode source, String field, Path path, FieldErrors errors) {
    var mode = Json.number(source, field);
    if (mode != null && (mode < 0 || mode > MAX_MODE)) {
      errors.invalid(
          path.child(field), mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }

  static void items(ObjectNode source, Path path, FieldErrors errors) {
    int index = 0;
    for (var item : Json.objects(source, "items")) {
      var at = path.item(index++);
      Checks.required(item, "key", at, errors);
      Checks.required(item, "path", at, errors);
      Checks.ownPath(Json.text(item, "path"), at.child("path"), errors);
      mode(item, "mode", at, errors);
    }
  }

  static void downward(ObjectNode source, Path path, FieldErrors errors) {
    mode(source, "defaultMode", path, errors);
    Json.objects(source, "items").forEach(file -> file(file, path, errors));
  }

  private static void file(ObjectNode file, Path path, FieldErrors errors) {
    Checks.required(file, "path", path, errors);
    Checks.ownPath(Json.text(file, "path"), path.child("path"), errors);
    var field = Json.object(file, "fieldRef");
    var resource = Json.object(file, "resourceFieldRef");
    if (field != null) {
      FieldReference.check(field, FieldReference.OF_VOLUMES, path.child("fieldRef"), errors);
      if (resource != null) {
        errors.invalid(
            path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
      }
    } else if (resource != null) {
      if (Json.text(resource, "containerName").isEmpty()) {
        errors.required(path.child("resourceFieldRef").child("containerName"), "");
      } else {
        FieldReference.checkResource(resource, path.child("resourceFieldRef"), errors);
      }
    } else {
      errors.required(path, "one of fieldRef and resourceFieldRef is required");
    }
    mode(file, "mode", path, errors);
  }

  static void check(ObjectNode projected, Path path, FieldErrors errors) {
    mode(projected, "defaultMode", path, errors);
    var files = new HashSet<String>();
    int index = 0;
    for (var source : Json.objects(projected, "sources")) {
      var at = path.child("sources").item(index++);
      if (source.size() > 1) {
        errors.forbidden(at, "may not specify more than 1 volume type per source");
      }
      source(source, files, at, path, errors);
    }
  }

  private static void source(
      ObjectNode source, Set<String> files, Path at, Path path, FieldErrors errors) {
    for (var sort : List.of("secret", "configMap")) {
      var keyed = Json.object(source, sort);
      if (keyed != null) {
        Checks.required(keyed, "name", at.child(sort), errors);
        items(keyed, at.child(sort).child("items"), errors);
        for (var item : Json.objects(keyed, "items")) {
          once(Json.text(item, "path"), Json.text(keyed, "name"), files, path, errors);
        }
      }
    }
    var downward = Json.object(source, "downwardAPI");
    for (var file : Json.objects(downward, "items")) {
      file(file, at.child("downwardAPI"), errors);
      once(Json.text(file, "path"), Json.text(file, "path"), files, path, errors);
    }
    var token = Json.object(source, "serviceAccountToken");
    if (token != null) {
      token(token, at.child("serviceAccountToken"), path, errors);
    }
    var bundle = Json.object(source, "clusterTrustBundle");
    if (bundle != null) {
      bundle(bundle, at.child("clusterTrustBundle"), errors);
      once(Json.text(bundle, "path"), Json.text(bundle, "path"), files, path, errors);
    }
  }

  private static void once(
      String file, String value, Set<String> files, Path path, FieldErrors errors) {
    if (!file.isEmpty() && !files.add(file)) {
      errors.invalid(path, value, CONFLICT);
    }
  }

  private static void token(ObjectNode token, Path at, Path path, FieldErrors errors) {
    long seconds = Json.number(token, "expirationSeconds", 0);
    if (seconds < MIN_TOKEN_SECONDS) {
      errors.invalid(
          at.child("expirationSeconds"),
          seconds,
          "may not specify a duration less than 10 minutes");
    } else if (seconds > MAX_TOKEN_SECONDS) {
      errors.invalid(
          at.child("expirationSeconds"),
          seconds,
          "may not specify a duration larger than 2^32 seconds");
    }
    Checks.required(token, "path", path, errors);
    Checks.ownPath(Json.text(token, "path"), path.child("path"), errors);
  }

  private static void bundle(ObjectNode bundle, Path path, FieldErrors errors) {
    boolean named = Json.has(bundle, "name");
    boolean signed = Json.has(bundle, "signerName");
    if (named && signed) {
      errors.invalid(path, bundle, "only one of name and signerName may be used");
    } else if (!named && !signed) {
      errors.required(path, "either name or signerName must be specified");
    }
    var selector = Json.object(bundle, "labelSelector");
    if (named && selector != null) {
      errors.invalid(
          path.child("labelSelector"),
          selector,
          "labelSelector must be unset if name is specified");
    } else if (selector != null) {
      SelectorValidation.check(selector, path.child("labelSelector"), errors);
    }
    Checks.required(bundle, "path", path, errors);
    Checks.ownPath(Json.text(bundle, "path"), path.child("path"), errors);
  }
}
