package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.ContainerValidation;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.LabelValidation;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The spec of a pod, in a pod or a template.
public final class PodSpecValidation {

  private static final List<String> RESTART = List.of("Always", "OnFailure", "Never");
  private static final List<String> DNS =
      List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");

  private PodSpecValidation() {}

  public static void check(@Nullable ObjectNode spec, Path path, FieldErrors errors) {
    var volumes = VolumeValidation.check(spec, path.child("volumes"), errors);
    containers(spec, path, volumes, errors);
    restartPolicy(spec, path, errors);
    Checks.oneOf(spec, "dnsPolicy", DNS, path, errors);
    var deadline = Json.number(spec, "activeDeadlineSeconds");
    if (deadline != null && (deadline < 1 || deadline > Integer.MAX_VALUE)) {
      errors.invalid(
          path.child("activeDeadlineSeconds"),
          deadline,
          "must be between 1 and 2147483647, inclusive");
    }
    Checks.text(spec, "nodeName", Names::subdomain, path, errors);
    Checks.text(spec, "serviceAccountName", Names::subdomain, path, errors);
    Checks.text(spec, "hostname", Names::label, path, errors);
    Checks.text(spec, "subdomain", Names::label, path, errors);
    LabelValidation.check(spec, "nodeSelector", path.child("nodeSelector"), errors);
    AffinityValidation.check(spec, path.child("affinity"), errors);
    SpreadValidation.check(spec, path.child("topologySpreadConstraints"), errors);
    TolerationValidation.check(spec, path.child("tolerations"), errors);
  }

  private static void containers(
      @Nullable ObjectNode spec, Path path, Set<String> volumes, FieldErrors errors) {
    var names = new HashSet<String>();
    var containers = Json.objects(spec, "containers");
    if (containers.isEmpty()) {
      errors.required(path.child("containers"), "");
    }
    var validation = new ContainerValidation(volumes, names, errors);
    validation.checkAll(containers, path.child("containers"), false);
    validation.checkAll(Json.objects(spec, "initContainers"), path.child("initContainers"), true);
  }

  private static void restartPolicy(@Nullable ObjectNode spec, Path path, FieldErrors errors) {
    Checks.requiredOneOf(spec, "restartPolicy", RESTART, path, errors);
  }
}
