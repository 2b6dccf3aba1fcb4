package dev.troupe.resources.kind.security;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Profiles of seccomp and AppArmor: one that a runtime or nobody has, or one of the machine's.
final class ProfileValidation {

  private static final List<String> TYPES = List.of("Localhost", "RuntimeDefault", "Unconfined");
  private static final String LOCALHOST = "Localhost";
  private static final int MAX_PATH = 4095;

  private ProfileValidation() {}

  static void check(@Nullable ObjectNode context, Path path, FieldErrors errors) {
    var seccomp = Json.object(context, "seccompProfile");
    if (seccomp != null) {
      seccomp(seccomp, path.child("seccompProfile"), errors);
    }
    var appArmor = Json.object(context, "appArmorProfile");
    if (appArmor != null) {
      appArmor(appArmor, path.child("appArmorProfile"), errors);
    }
  }

  private static void seccomp(ObjectNode profile, Path path, FieldErrors errors) {
    type(profile, "seccompProfile", path, errors);
    var at = path.child("localhostProfile");
    boolean named = Json.has(profile, "localhostProfile");
    if (!Json.text(profile, "type").equals(LOCALHOST)) {
      if (named) {
        errors.invalid(at, profile, "can only be set when seccomp type is Localhost");
      }
    } else if (named) {
      Checks.localPath(Json.text(profile, "localhostProfile"), at, errors);
    } else {
      errors.required(at, "must be set when seccomp type is Localhost");
    }
  }

  private static void appArmor(ObjectNode profile, Path path, FieldErrors errors) {
    type(profile, "appArmorProfile", path, errors);
    var at = path.child("localhostProfile");
    var name = Json.text(profile, "localhostProfile");
    if (!Json.text(profile, "type").equals(LOCALHOST)) {
      if (Json.has(profile, "localhostProfile")) {
        errors.invalid(at, name, "can only be set when AppArmor type is Localhost");
      }
      return;
    }
    if (!name.strip().equals(name)) {
      errors.invalid(at, name, "must not be padded with whitespace");
    } else if (name.isEmpty()) {
      errors.required(at, "must be set when AppArmor type is Localhost");
    }
    if (name.length() > MAX_PATH) {
      errors.tooLong(at, MAX_PATH);
    }
  }

  private static void type(ObjectNode profile, String field, Path path, FieldErrors errors) {
    if (Json.text(profile, "type").isEmpty()) {
      errors.required(path.child("type"), "type is required when " + field + " is set");
    } else {
      Checks.oneOf(profile, "type", TYPES, path, errors);
    }
  }
}
