package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Probes and lifecycle hooks: each has one handler.
final class ProbeValidation {

  private static final List<String> PROBES = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> HOOKS = List.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");
  private static final List<String> COUNTS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");
  private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");

  private ProbeValidation() {}

  /// @param grace how long the pod may take to end
  static void checkAll(ObjectNode container, long grace, Path path, FieldErrors errors) {
    var lifecycle = Json.object(container, "lifecycle");
    for (var name : List.of("postStart", "preStop")) {
      var hook = Json.object(lifecycle, name);
      if (hook != null) {
        handler(hook, HOOKS, grace, path.child("lifecycle").child(name), errors);
      }
    }
    for (var name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      var probe = Json.object(container, name);
      if (probe != null) {
        probe(probe, name.equals("readinessProbe"), path.child(name), errors);
      }
    }
  }

  private static void probe(ObjectNode probe, boolean readiness, Path path, FieldErrors errors) {
    handler(probe, PROBES, 0, path, errors);
    COUNTS.forEach(field -> Checks.notNegative(probe, field, path, errors));
    var grace = Json.number(probe, "terminationGracePeriodSeconds");
    var at = path.child("terminationGracePeriodSeconds");
    if (grace != null && grace <= 0) {
      errors.invalid(at, grace, "must be greater than 0");
    }
    if (grace != null && readiness) {
      errors.invalid(at, grace, "must not be set for readinessProbes");
    }
    long successes = Json.number(probe, "successThreshold", 1);
    if (!readiness && successes != 1) {
      errors.invalid(path.child("successThreshold"), successes, "must be 1");
    }
  }

  private static void handler(
      ObjectNode parent, List<String> sorts, long grace, Path path, FieldErrors errors) {
    int handlers = 0;
    for (var name : sorts) {
      var handler = Json.object(parent, name);
      if (handler == null) {
        continue;
      }
      if (++handlers > 1) {
        errors.forbidden(path.child(name), "may not specify more than 1 handler type");
      } else if (name.equals("sleep")) {
        sleep(Json.number(handler, "seconds", 0), grace, path.child(name), errors);
      } else {
        details(name, handler, path.child(name), errors);
      }
    }
    if (handlers == 0) {
      errors.required(path, "must specify a handler type");
    }
  }

  private static void sleep(long seconds, long grace, Path path, FieldErrors errors) {
    if (seconds < 0 || seconds > grace) {
      errors.invalid(
          path,
          seconds,
          "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
    }
  }

  private static void details(String name, ObjectNode handler, Path path, FieldErrors errors) {
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
        Json.objects(handler, "httpHeaders").forEach(header -> header(header, path, errors));
      }
      case "tcpSocket" ->
          Checks.portNumberOrName(Json.get(handler, "port"), path.child("port"), errors);
      case "grpc" -> Checks.portNumber(Json.number(handler, "port", 0), path.child("port"), errors);
      default -> {}
    }
  }

  private static void header(ObjectNode header, Path path, FieldErrors errors) {
    var name = Json.text(header, "name");
    if (!HEADER.matcher(name).matches()) {
      errors.invalid(
          path.child("httpHeaders"),
          name,
          "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
              + " 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')");
    }
  }
}
