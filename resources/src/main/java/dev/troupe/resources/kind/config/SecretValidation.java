package dev.troupe.resources.kind.config;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class SecretValidation implements Validation {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path DATA = Path.ROOT.child("data");

  @Override
  public void check(ObjectNode secret, FieldErrors errors) {
    KeyedData.keys(secret, "data", errors);
    var data = Json.object(secret, "data");
    if (KeyedData.base64Bytes(data) > KeyedData.MAX_BYTES) {
      errors.tooLong(DATA, KeyedData.MAX_BYTES);
    }
    switch (Json.text(secret, "type")) {
      case "kubernetes.io/service-account-token" -> serviceAccount(secret, errors);
      case "kubernetes.io/dockercfg" -> json(data, ".dockercfg", errors);
      case "kubernetes.io/dockerconfigjson" -> json(data, ".dockerconfigjson", errors);
      case "kubernetes.io/basic-auth" -> {
        if (!Json.has(data, "username") && !Json.has(data, "password")) {
          require(data, "username", errors);
          require(data, "password", errors);
        }
      }
      case "kubernetes.io/ssh-auth" -> {
        if (Json.text(data, "ssh-privatekey").isEmpty()) {
          errors.required(DATA.key("ssh-privatekey"), "");
        }
      }
      case "kubernetes.io/tls" -> {
        require(data, "tls.crt", errors);
        require(data, "tls.key", errors);
      }
      default -> {}
    }
  }

  /// Secrets that are filled in, or used, by what is not there.
  @Override
  public void warn(ObjectNode secret, @Nullable ObjectNode old, FieldWarnings warnings) {
    if (old != null) {
      return;
    }
    switch (Json.text(secret, "type")) {
      case "kubernetes.io/service-account-token" ->
          warnings.add(
              Path.ROOT.child("type"),
              "not honoured, as no tokens are issued; the secret is given none");
      case "bootstrap.kubernetes.io/token" ->
          warnings.add(
              Path.ROOT.child("type"), "not honoured, as nobody is authenticated by such a token");
      default -> {}
    }
  }

  private static void serviceAccount(ObjectNode secret, FieldErrors errors) {
    var annotation = "kubernetes.io/service-account.name";
    var annotations = Json.object(Json.object(secret, "metadata"), "annotations");
    if (Json.text(annotations, annotation).isEmpty()) {
      errors.required(Path.METADATA.child("annotations").key(annotation), "");
    }
  }

  private static void require(@Nullable ObjectNode data, String key, FieldErrors errors) {
    if (!Json.has(data, key)) {
      errors.required(DATA.key(key), "");
    }
  }

  private static void json(@Nullable ObjectNode data, String key, FieldErrors errors) {
    require(data, key, errors);
    if (!Json.has(data, key)) {
      return;
    }
    try {
      if (!JSON.readTree(Base64.getDecoder().decode(Json.text(data, key))).isObject()) {
        errors.invalid(DATA.key(key), "<secret contents redacted>", "must be a JSON object");
      }
    } catch (JacksonException | IllegalArgumentException _) {
      errors.invalid(DATA.key(key), "<secret contents redacted>", "invalid JSON");
    }
  }

  @Override
  public void checkChange(ObjectNode secret, ObjectNode old, FieldErrors errors) {
    errors.immutable(Path.ROOT.child("type"), Json.get(secret, "type"), Json.get(old, "type"));
    KeyedData.keepIfImmutable(secret, old, List.of("data"), errors);
  }
}
