package dev.troupe.resources.kind.pod;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.podspec.PodSpecValidation;
import dev.troupe.resources.kind.podspec.PodSpecWarnings;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

final class PodValidation implements Validation {

  private static final String OTHER_FIELDS =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
          + "`spec.tolerations` (only additions to existing tolerations),"
          + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously"
          + " negative)";

  @Override
  public void check(ObjectNode pod, FieldErrors errors) {
    PodSpecValidation.check(Json.object(pod, "spec"), Path.SPEC, errors);
  }

  /// Pods are changed by machines, mostly.
  @Override
  public void warn(ObjectNode pod, @Nullable ObjectNode old, FieldWarnings warnings) {
    if (old == null) {
      var name = Json.text(Json.object(pod, "metadata"), "name");
      Names.label(name)
          .ifPresent(wrong ->
              warnings.add(
                  Path.METADATA.child("name"),
                  "this is used in the Pod's hostname, which can result in surprising behavior; a"
                      + " DNS label is recommended: ["
                      + wrong
                      + "]"));
      PodSpecWarnings.check(pod, Path.ROOT, warnings);
    }
  }

  @Override
  public void checkChange(ObjectNode pod, ObjectNode old, FieldErrors errors) {
    var spec = Json.child(pod.deepCopy(), "spec");
    var before = Json.child(old.deepCopy(), "spec");
    for (var list : List.of("containers", "initContainers")) {
      if (Json.objects(spec, list).size() != Json.objects(before, list).size()) {
        errors.forbidden(Path.SPEC.child(list), "pod updates may not add or remove containers");
        return;
      }
    }
    deadline(spec, before, errors);
    tolerations(spec, before, errors);
    forgetWhatMayChange(spec, before);
    if (!Json.same(spec, before)) {
      errors.forbidden(Path.SPEC, OTHER_FIELDS);
    }
  }

  private static void deadline(ObjectNode spec, ObjectNode before, FieldErrors errors) {
    var old = Json.number(before, "activeDeadlineSeconds");
    if (old == null) {
      return;
    }
    var now = Json.number(spec, "activeDeadlineSeconds");
    var path = Path.SPEC.child("activeDeadlineSeconds");
    if (now == null) {
      errors.invalid(path, null, "must not update from a positive integer to nil value");
    } else if (now > old) {
      errors.invalid(path, now, "must be less than or equal to previous value");
    }
  }

  private static void tolerations(ObjectNode spec, ObjectNode before, FieldErrors errors) {
    if (!withoutSeconds(spec).containsAll(withoutSeconds(before))) {
      errors.forbidden(
          Path.SPEC.child("tolerations"),
          "existing toleration can not be modified except its tolerationSeconds");
    }
  }

  private static Set<ObjectNode> withoutSeconds(ObjectNode spec) {
    var tolerations = new HashSet<ObjectNode>();
    for (var toleration : Json.objects(spec, "tolerations")) {
      var rest = Json.shallow(toleration);
      rest.remove("tolerationSeconds");
      tolerations.add(rest);
    }
    return tolerations;
  }

  private static void forgetWhatMayChange(ObjectNode spec, ObjectNode before) {
    for (var side : List.of(spec, before)) {
      side.remove(List.of("activeDeadlineSeconds", "tolerations"));
      for (var list : List.of("containers", "initContainers")) {
        Json.objects(side, list).forEach(container -> container.remove("image"));
      }
    }
    if (Json.number(before, "terminationGracePeriodSeconds", 0) < 0
        && Json.number(spec, "terminationGracePeriodSeconds", 0) == 1) {
      before.put("terminationGracePeriodSeconds", 1);
    }
    ungate(spec, before);
  }

  /// Gates may be taken away, and as long as one is there the node may be chosen more narrowly.
  private static void ungate(ObjectNode spec, ObjectNode before) {
    var gates = Json.objects(before, "schedulingGates");
    if (new HashSet<>(gates).containsAll(Json.objects(spec, "schedulingGates"))) {
      spec.remove("schedulingGates");
      before.remove("schedulingGates");
    }
    if (!gates.isEmpty()) {
      var selector = Json.object(spec, "nodeSelector");
      for (var label : Json.entries(before, "nodeSelector")) {
        if (!Json.same(label.getValue(), Json.get(selector, label.getKey()))) {
          return;
        }
      }
      spec.remove("nodeSelector");
      before.remove("nodeSelector");
    }
  }
}
