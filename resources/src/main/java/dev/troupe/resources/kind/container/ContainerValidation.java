package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The containers of one pod.
///
/// @param volumes the names of the pod's volumes
/// @param names the names of containers so far
public record ContainerValidation(Set<String> volumes, Set<String> names, FieldErrors errors) {

  private static final List<String> PULL = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> MESSAGES = List.of("FallbackToLogsOnError", "File");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  public void checkAll(List<ObjectNode> containers, Path path, boolean init) {
    var hostPorts = new HashSet<String>();
    int index = 0;
    for (var container : containers) {
      check(container, path.item(index++), init, hostPorts);
    }
  }

  private void check(ObjectNode container, Path path, boolean init, Set<String> hostPorts) {
    name(container, path);
    image(container, path);
    Checks.requiredOneOf(container, "imagePullPolicy", PULL, path, errors);
    Checks.oneOf(container, "terminationMessagePolicy", MESSAGES, path, errors);
    ports(container, path.child("ports"), init ? new HashSet<>() : hostPorts);
    EnvironmentValidation.check(container, path, errors);
    mounts(container, path.child("volumeMounts"));
    ComputeValidation.check(Json.object(container, "resources"), path.child("resources"), errors);
    ProbeValidation.checkAll(container, path, errors);
  }

  private void name(ObjectNode container, Path path) {
    var name = Json.text(container, "name");
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
      return;
    }
    Names.label(name).ifPresent(wrong -> errors.invalid(path.child("name"), name, wrong));
    if (!names.add(name)) {
      errors.duplicate(path.child("name"), name);
    }
  }

  private void image(ObjectNode container, Path path) {
    var image = Json.text(container, "image");
    if (image.isEmpty()) {
      errors.required(path.child("image"), "");
    } else if (!image.strip().equals(image)) {
      errors.invalid(path.child("image"), image, "must not have leading or trailing whitespace");
    }
  }

  private void ports(ObjectNode container, Path path, Set<String> hostPorts) {
    var names = new HashSet<String>();
    int index = 0;
    for (var port : Json.objects(container, "ports")) {
      var at = path.item(index++);
      var name = Json.text(port, "name");
      if (!name.isEmpty()) {
        Checks.portName(name, at.child("name"), errors);
        if (!names.add(name)) {
          errors.duplicate(at.child("name"), name);
        }
      }
      numbers(port, at, hostPorts);
      Checks.requiredOneOf(port, "protocol", PROTOCOLS, at, errors);
    }
  }

  private void numbers(ObjectNode port, Path path, Set<String> hostPorts) {
    long number = Json.number(port, "containerPort", 0);
    if (number == 0) {
      errors.required(path.child("containerPort"), "");
    } else {
      Checks.portNumber(number, path.child("containerPort"), errors);
    }
    long host = Json.number(port, "hostPort", 0);
    if (host == 0) {
      return;
    }
    Checks.portNumber(host, path.child("hostPort"), errors);
    var taken = Json.text(port, "protocol") + "/" + Json.text(port, "hostIP") + "/" + host;
    if (!hostPorts.add(taken)) {
      errors.duplicate(path.child("hostPort"), taken);
    }
  }

  private void mounts(ObjectNode container, Path path) {
    var paths = new HashSet<String>();
    int index = 0;
    for (var mount : Json.objects(container, "volumeMounts")) {
      var at = path.item(index++);
      var name = Json.text(mount, "name");
      if (name.isEmpty()) {
        errors.required(at.child("name"), "");
      } else if (!volumes.contains(name)) {
        errors.notFound(at.child("name"), name);
      }
      var mountPath = Json.text(mount, "mountPath");
      if (mountPath.isEmpty()) {
        errors.required(at.child("mountPath"), "");
      } else if (!paths.add(mountPath)) {
        errors.invalid(at.child("mountPath"), mountPath, "must be unique");
      }
      if (!Json.text(mount, "subPath").isEmpty()) {
        subPath(Json.text(mount, "subPath"), at.child("subPath"));
      }
    }
  }

  private void subPath(String subPath, Path path) {
    if (subPath.startsWith("/")) {
      errors.invalid(path, subPath, "must be a relative path");
    }
    if (List.of(subPath.split("/")).contains("..")) {
      errors.invalid(path, subPath, "must not contain '..'");
    }
  }
}
