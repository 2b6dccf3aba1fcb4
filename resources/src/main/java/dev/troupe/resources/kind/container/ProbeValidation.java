package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Probes and lifecycle hooks: each has one handler.
public final class ProbeValidation {

  private static final List<String> HANDLERS =
      List.of("exec", "httpGet", "tcpSocket", "grpc", "sleep");
  private static final List<String> COUNTS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");
  private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");

  private ProbeValidation() {}

  public static void checkAll(ObjectNode container, Path path, FieldErrors errors) {
    for (var name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      var probe = Json.object(container, name);
      if (probe != null) {
        probe(probe, path.child(name), !name.equals("readinessProbe"), errors);
      }
    }
    var lifecycle = Json.object(container, "lifecycle");
    for (var name : List.of("postStart", "preStop")) {
      var hook = Json.object(lifecycle, name);
      if (hook != null) {
        handler(hook, path.child("lifecycle").child(name), errors);
      }
    }
  }

  private static void probe(ObjectNode probe, Path path, boolean onceIsEnough, FieldErrors errors) {
    handler(probe, path, errors);
    COUNTS.forEach(field -> Checks.notNegative(probe, field, path, errors));
    long successes = Json.number(probe, "successThreshold", 1);
    if (onceIsEnough && successes != 1) {
      errors.invalid(path.child("successThreshold"), successes, "must be 1");
    }
  }

  private static void handler(ObjectNode parent, Path path, FieldErrors errors) {
    int handlers = 0;
    for (var name : HANDLERS) {
      var handler = Json.object(parent, name);
      if (handler == null) {
        continue;
      }
      if (++handlers > 1) {
        errors.forbidden(path.child(name), "may not specify more than 1 handler type");
      } else {
        details(name, handler, path.child(name), errors);
      }
    }
    if (handlers == 0) {
      errors.required(path, "must specify a handler type");
    }
  }

  private static void details(
      String name, @Nullable ObjectNode handler, Path path, FieldErrors errors) {
    switch (name) {
      case "exec" -> {
        if (Json.strings(handler, "command").isEmpty()) {
          errors.required(path.child("command"), "");
        }
      }
      case "httpGet" -> {
        Checks.required(handler, "path", path, errors);
        Checks.portNumberOrName(Json.get(handler, "port"), path.child("port"), errors);
        Checks.oneOf(handler, "scheme", SCHEMES, path, errors);
      }
      case "tcpSocket" ->
          Checks.portNumberOrName(Json.get(handler, "port"), path.child("port"), errors);
      case "grpc" -> Checks.portNumber(Json.number(handler, "port", 0), path.child("port"), errors);
      default -> {}
    }
  }
}
