package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.ComputeValidation;
import dev.troupe.resources.kind.container.ContainerValidation;
import dev.troupe.resources.kind.security.PodSecurityValidation;
import dev.troupe.resources.kind.volume.VolumeValidation;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.LabelValidation;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The spec of a pod, in a pod or a template.
public final class PodSpecValidation {

  private static final List<String> RESTART = List.of("Always", "OnFailure", "Never");
  private static final List<String> PREEMPTION = List.of("PreemptLowerPriority", "Never");
  private static final List<String> SUBDOMAINS =
      List.of("nodeName", "serviceAccountName", "priorityClassName", "runtimeClassName");

  private PodSpecValidation() {}

  /// Of a pod, which is stricter than a template.
  public static void ofPod(ObjectNode spec, String podName, FieldErrors errors) {
    check(spec, podName, true, Path.SPEC, errors);
  }

  public static void ofTemplate(ObjectNode spec, Path path, FieldErrors errors) {
    check(spec, "", false, path, errors);
  }

  private static void check(
      ObjectNode spec, String podName, boolean isPod, Path path, FieldErrors errors) {
    var volumes = VolumeValidation.check(spec, podName, path.child("volumes"), errors);
    claims(spec, path.child("resourceClaims"), errors);
    new ContainerValidation(spec, volumes, isPod, errors).checkAll(path);
    hostPorts(spec, isPod, path.child("containers"), errors);
    Checks.requiredOneOf(spec, "restartPolicy", RESTART, path, errors);
    LabelValidation.check(spec, "nodeSelector", path.child("nodeSelector"), errors);
    PodSecurityValidation.check(spec, path, errors);
    AffinityValidation.check(spec, path.child("affinity"), errors);
    DnsValidation.check(spec, path, errors);
    gates(spec, path, errors);
    SpreadValidation.check(spec, path.child("topologySpreadConstraints"), errors);
    SUBDOMAINS.forEach(field -> Checks.text(spec, field, Names::subdomain, path, errors));
    Checks.range(
        Json.number(spec, "activeDeadlineSeconds"),
        1,
        Integer.MAX_VALUE,
        path.child("activeDeadlineSeconds"),
        errors);
    Checks.text(spec, "hostname", Names::label, path, errors);
    Checks.text(spec, "subdomain", Names::label, path, errors);
    TolerationValidation.check(spec, path.child("tolerations"), errors);
    Checks.oneOf(spec, "preemptionPolicy", PREEMPTION, path, errors);
    ComputeValidation.overhead(Json.object(spec, "overhead"), path.child("overhead"), errors);
    OperatingSystemValidation.check(spec, path, errors);
  }

  private static void claims(ObjectNode spec, Path path, FieldErrors errors) {
    var names = new HashSet<String>();
    int index = 0;
    for (var claim : Json.objects(spec, "resourceClaims")) {
      var at = path.item(index++);
      var name = Json.text(claim, "name");
      if (name.isEmpty()) {
        errors.required(at.child("name"), "");
      } else if (names.add(name)) {
        Checks.text(claim, "name", Names::label, at, errors);
      } else {
        errors.duplicate(at.child("name"), name);
      }
      boolean named = Json.has(claim, "resourceClaimName");
      boolean templated = Json.has(claim, "resourceClaimTemplateName");
      if (named && templated) {
        errors.invalid(
            at,
            claim,
            "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
      } else if (!named && !templated) {
        errors.invalid(
            at, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
      }
      Checks.text(claim, "resourceClaimName", Names::subdomain, at, errors);
      Checks.text(claim, "resourceClaimTemplateName", Names::subdomain, at, errors);
    }
  }

  /// On the network of the machine a port is the machine's. A template may leave it to its pods.
  private static void hostPorts(ObjectNode spec, boolean isPod, Path path, FieldErrors errors) {
    if (!Json.truth(spec, "hostNetwork")) {
      return;
    }
    int index = 0;
    for (var container : Json.objects(spec, "containers")) {
      var at = path.item(index++).child("ports");
      int number = 0;
      for (var port : Json.objects(container, "ports")) {
        long host = Json.number(port, "hostPort", 0);
        boolean given = isPod || host != 0;
        if (given && host != Json.number(port, "containerPort", 0)) {
          errors.invalid(
              at.item(number).child("hostPort"),
              host,
              "must match `containerPort` when `hostNetwork` is true");
        }
        number++;
      }
    }
  }

  private static void gates(ObjectNode spec, Path path, FieldErrors errors) {
    int index = 0;
    for (var gate : Json.objects(spec, "readinessGates")) {
      var at = path.child("readinessGates").item(index++).child("conditionType");
      var type = Json.text(gate, "conditionType");
      Names.qualified(type).ifPresent(wrong -> errors.invalid(at, type, wrong));
    }
    var seen = new HashSet<String>();
    index = 0;
    for (var gate : Json.objects(spec, "schedulingGates")) {
      var at = path.child("schedulingGates").item(index++);
      var name = Json.text(gate, "name");
      Names.qualified(name).ifPresent(wrong -> errors.invalid(at, name, wrong));
      if (!seen.add(name)) {
        errors.duplicate(at, name);
      }
    }
  }
}
