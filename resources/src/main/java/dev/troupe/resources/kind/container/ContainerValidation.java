package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.security.PodSecurityValidation;
import dev.troupe.resources.kind.security.SecurityValidation;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The containers of one pod.
///
/// @param volumes the pod's volumes by their names
/// @param isPod whether it is the spec of a pod; a template is less strict about images
public record ContainerValidation(
    ObjectNode spec, Map<String, ObjectNode> volumes, boolean isPod, FieldErrors errors) {

  private static final List<String> PULL = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> MESSAGES = List.of("FallbackToLogsOnError", "File");

  /// What only containers that keep running have.
  private static final List<String> LASTING =
      List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

  private static final List<String> NOT_EPHEMERAL =
      List.of(
          "ports",
          "resources",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle",
          "resizePolicy",
          "restartPolicy");

  /// @param path of the spec
  public void checkAll(Path path) {
    var names = new HashSet<String>();
    regular(path.child("containers"), names);
    initial(path.child("initContainers"), names);
    ephemeral(path.child("ephemeralContainers"), names);
  }

  private void regular(Path path, Set<String> names) {
    var containers = Json.objects(spec, "containers");
    if (containers.isEmpty()) {
      errors.required(path, "");
    }
    var hostPorts = new HashSet<String>();
    for (int i = 0; i < containers.size(); i++) {
      var container = containers.get(i);
      var at = path.item(i);
      common(container, names, hostPorts, at);
      ProbeValidation.checkAll(container, grace(), at, errors);
      if (Json.has(container, "restartPolicy")) {
        errors.forbidden(at.child("restartPolicy"), "may not be set for non-init containers");
      }
    }
  }

  private void initial(Path path, Set<String> names) {
    int index = 0;
    for (var container : Json.objects(spec, "initContainers")) {
      var at = path.item(index++);
      common(container, names, new HashSet<>(), at);
      Checks.oneOf(container, "restartPolicy", List.of("Always"), at, errors);
      if (Json.text(container, "restartPolicy").equals("Always")) {
        ProbeValidation.checkAll(container, grace(), at, errors);
        continue;
      }
      for (var field : LASTING) {
        if (Json.has(container, field)) {
          errors.forbidden(
              at.child(field), "may not be set for init containers without restartPolicy=Always");
        }
      }
    }
  }

  private void ephemeral(Path path, Set<String> names) {
    var others = Set.copyOf(names);
    int index = 0;
    for (var container : Json.objects(spec, "ephemeralContainers")) {
      var at = path.item(index++);
      common(container, names, new HashSet<>(), at);
      var target = Json.text(container, "targetContainerName");
      if (!target.isEmpty() && !others.contains(target)) {
        errors.notFound(at.child("targetContainerName"), target);
      }
      var why = "cannot be set for an Ephemeral Container";
      for (var field : NOT_EPHEMERAL) {
        var value = Json.get(container, field);
        if (value != null && !(value.isContainer() && value.isEmpty())) {
          errors.forbidden(at.child(field), why);
        }
      }
      int mount = 0;
      for (var mounted : Json.objects(container, "volumeMounts")) {
        var mountPath = at.child("volumeMounts").item(mount++);
        for (var field : List.of("subPath", "subPathExpr")) {
          if (!Json.text(mounted, field).isEmpty()) {
            errors.forbidden(mountPath.child(field), why);
          }
        }
      }
    }
  }

  private long grace() {
    return Json.number(spec, "terminationGracePeriodSeconds", 0);
  }

  private void common(ObjectNode container, Set<String> names, Set<String> hostPorts, Path path) {
    name(container, names, path);
    image(container, path);
    Checks.requiredOneOf(container, "imagePullPolicy", PULL, path, errors);
    Checks.oneOf(container, "terminationMessagePolicy", MESSAGES, path, errors);
    PortValidation.check(Json.objects(container, "ports"), hostPorts, path.child("ports"), errors);
    EnvironmentValidation.check(container, path, errors);
    new MountValidation(container, volumes, errors).check(path);
    ComputeValidation.check(container, spec, path, errors);
    boolean hostUsers = PodSecurityValidation.sharesUsers(spec);
    SecurityValidation.check(container, path, hostUsers, errors);
  }

  private void name(ObjectNode container, Set<String> names, Path path) {
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
    } else if (isPod && !image.strip().equals(image)) {
      errors.invalid(path.child("image"), image, "must not have leading or trailing whitespace");
    }
  }
}
