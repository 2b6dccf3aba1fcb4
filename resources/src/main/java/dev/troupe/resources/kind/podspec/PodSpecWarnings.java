package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.ContainerWarnings;
import dev.troupe.resources.kind.container.PlacedContainer;
import dev.troupe.resources.kind.container.PortWarnings;
import dev.troupe.resources.kind.volume.VolumeWarnings;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What surprises in a pod, or in a template of pods.
public final class PodSpecWarnings {

  private static final String SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String SECCOMP_OF = "container.seccomp.security.alpha.kubernetes.io/";
  private static final String USE_SECCOMP_PROFILE =
      "non-functional in v1.27+; use the \"seccompProfile\" field instead";
  private static final String USE_SYSCTLS =
      "non-functional in v1.11+; use the \"sysctls\" field instead";

  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "scheduler.alpha.kubernetes.io/critical-pod",
          "non-functional in v1.16+; use the \"priorityClassName\" field instead",
          "security.alpha.kubernetes.io/sysctls",
          USE_SYSCTLS,
          "security.alpha.kubernetes.io/unsafe-sysctls",
          USE_SYSCTLS);

  private PodSpecWarnings() {}

  /// @param path of the pod or template
  public static void check(@Nullable ObjectNode pod, Path path, FieldWarnings warnings) {
    var spec = Json.object(pod, "spec");
    var at = path.child("spec");
    PlacementWarnings.check(spec, at, warnings);
    UnservedWarnings.check(spec, at, warnings);
    VolumeWarnings.check(Json.objects(spec, "volumes"), at.child("volumes"), warnings);
    twice(Json.objects(spec, "hostAliases"), "ip", at.child("hostAliases"), warnings);
    pullSecrets(Json.objects(spec, "imagePullSecrets"), at.child("imagePullSecrets"), warnings);
    ContainerWarnings.fractions(Json.object(spec, "overhead"), at.child("overhead"), warnings);
    var containers = PlacedContainer.all(spec, at);
    annotations(pod, containers, path, warnings);
    containers.forEach(placed -> ContainerWarnings.check(placed, warnings));
    PortWarnings.check(containers, warnings);
    if (Json.number(spec, "terminationGracePeriodSeconds", 0) < 0) {
      warnings.add(
          at.child("terminationGracePeriodSeconds"),
          "must be >= 0; negative values are invalid and will be treated as 1");
    }
  }

  private static void annotations(
      @Nullable ObjectNode pod,
      List<PlacedContainer> containers,
      Path path,
      FieldWarnings warnings) {
    var annotations = Json.object(Json.object(pod, "metadata"), "annotations");
    if (annotations == null || annotations.isEmpty()) {
      return;
    }
    var at = path.child("metadata").child("annotations");
    ANNOTATIONS.forEach((key, words) -> {
      if (annotations.has(key)) {
        warnings.add(at.key(key), words);
      }
    });
    if (annotations.has(SECCOMP) && hasNoProfile(Json.object(pod, "spec"))) {
      warnings.add(at.key(SECCOMP), USE_SECCOMP_PROFILE);
    }
    for (var placed : containers) {
      var key = SECCOMP_OF + Json.text(placed.container(), "name");
      if (annotations.has(key) && hasNoProfile(placed.container())) {
        warnings.add(at.key(key), USE_SECCOMP_PROFILE);
      }
    }
  }

  private static boolean hasNoProfile(@Nullable ObjectNode secured) {
    return !Json.has(Json.object(secured, "securityContext"), "seccompProfile");
  }

  private static void pullSecrets(List<ObjectNode> secrets, Path path, FieldWarnings warnings) {
    twice(secrets, "name", path, warnings);
    for (int i = 0; i < secrets.size(); i++) {
      if (Json.text(secrets.get(i), "name").isEmpty()) {
        warnings.add(path.item(i).child("name"), "invalid empty name \"\"");
      }
    }
  }

  private static void twice(
      List<ObjectNode> items, String field, Path path, FieldWarnings warnings) {
    var seen = new HashSet<String>();
    for (int i = 0; i < items.size(); i++) {
      var text = Json.text(items.get(i), field);
      if (!seen.add(text)) {
        warnings.add(
            path.item(i).child(field), "duplicate " + field + " " + FieldErrors.quoted(text));
      }
    }
  }
}
