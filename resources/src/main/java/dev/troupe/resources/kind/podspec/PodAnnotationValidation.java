package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.PlacedContainer;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Annotations of pods that mean something to Kubernetes.
public final class PodAnnotationValidation {

  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
  private static final String SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String SECCOMP_OF = "container.seccomp.security.alpha.kubernetes.io/";
  private static final String APP_ARMOR_OF = "container.apparmor.security.beta.kubernetes.io/";
  private static final Set<String> SECCOMP_PROFILES =
      Set.of("runtime/default", "docker/default", "unconfined");
  private static final Pattern COST = Pattern.compile("0|-?[1-9][0-9]{0,9}");

  private PodAnnotationValidation() {}

  /// @param path of the annotations
  public static void check(@Nullable ObjectNode pod, Path path, FieldErrors errors) {
    var annotations = Json.object(Json.object(pod, "metadata"), "annotations");
    if (annotations == null || annotations.isEmpty()) {
      return;
    }
    var spec = Json.object(pod, "spec");
    for (var annotation : annotations.properties()) {
      var key = annotation.getKey();
      var value = annotation.getValue().asString("");
      if (key.equals(MIRROR) && Json.text(spec, "nodeName").isEmpty()) {
        errors.invalid(
            path.key(key), value, "must set spec.nodeName if mirror pod annotation is set");
      } else if (key.equals(DELETION_COST) && !isCost(value)) {
        errors.invalid(path.key(key), value, "must be a 32bit integer");
      } else if (key.equals(SECCOMP) || key.startsWith(SECCOMP_OF)) {
        seccomp(value, path.child(key), errors);
      } else if (key.startsWith(APP_ARMOR_OF)) {
        appArmor(spec, key, value, path.key(key), errors);
      }
    }
  }

  private static boolean isCost(String text) {
    if (!COST.matcher(text).matches()) {
      return false;
    }
    long cost = Long.parseLong(text);
    return cost >= Integer.MIN_VALUE && cost <= Integer.MAX_VALUE;
  }

  private static void seccomp(String profile, Path path, FieldErrors errors) {
    if (profile.startsWith("localhost/")) {
      Checks.localPath(profile.substring("localhost/".length()), path, errors);
    } else if (!SECCOMP_PROFILES.contains(profile)) {
      errors.invalid(path, profile, "must be a valid seccomp profile");
    }
  }

  private static void appArmor(
      @Nullable ObjectNode spec, String key, String profile, Path path, FieldErrors errors) {
    var name = key.substring(APP_ARMOR_OF.length());
    if (PlacedContainer.all(spec, Path.SPEC).stream()
        .noneMatch(placed -> Json.text(placed.container(), "name").equals(name))) {
      errors.invalid(path, name, "container not found");
    }
    boolean known =
        profile.isEmpty()
            || profile.equals("runtime/default")
            || profile.equals("unconfined")
            || profile.startsWith("localhost/");
    if (!known) {
      errors.invalid(
          path, profile, "invalid AppArmor profile name: " + FieldErrors.quoted(profile));
    }
  }

  /// Some are for the life of the pod.
  public static void checkChange(ObjectNode pod, ObjectNode old, FieldErrors errors) {
    var path = Path.METADATA.child("annotations");
    var now = Json.object(Json.object(pod, "metadata"), "annotations");
    var before = Json.object(Json.object(old, "metadata"), "annotations");
    for (var annotation : Json.entries(Json.object(old, "metadata"), "annotations")) {
      var key = annotation.getKey();
      if (isForLife(key) && !Json.same(annotation.getValue(), Json.get(now, key))) {
        errors.forbidden(path.key(key), "may not remove or update " + what(key));
      }
    }
    for (var annotation : Json.entries(Json.object(pod, "metadata"), "annotations")) {
      var key = annotation.getKey();
      if (isForLife(key) && !Json.has(before, key)) {
        errors.forbidden(path.key(key), "may not add " + what(key));
      }
    }
  }

  private static boolean isForLife(String key) {
    return key.equals(MIRROR) || key.startsWith(APP_ARMOR_OF);
  }

  private static String what(String key) {
    return key.equals(MIRROR) ? "mirror pod annotation" : "AppArmor annotations";
  }
}
