package dev.troupe.resources.kind.pod;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a pod's spec may change while it lives, and how.
final class PodChange {

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String OTHER_FIELDS =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
          + "`spec.tolerations` (only additions to existing tolerations),"
          + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously"
          + " negative)";

  private PodChange() {}

  static void check(ObjectNode pod, ObjectNode old, FieldErrors errors) {
    if (Json.same(Json.get(pod, "spec"), Json.get(old, "spec"))) {
      return;
    }
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
    gates(spec, before, errors);
    forgetWhatMayChange(spec, before, errors);
    if (!Json.same(spec, before)) {
      errors.forbidden(Path.SPEC, OTHER_FIELDS);
    }
  }

  private static void deadline(ObjectNode spec, ObjectNode before, FieldErrors errors) {
    var old = Json.number(before, "activeDeadlineSeconds");
    var now = Json.number(spec, "activeDeadlineSeconds");
    var path = Path.SPEC.child("activeDeadlineSeconds");
    Checks.range(now, 0, Integer.MAX_VALUE, path, errors);
    if (old == null) {
      return;
    }
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

  private static void gates(ObjectNode spec, ObjectNode before, FieldErrors errors) {
    var known = new HashSet<String>();
    Json.objects(before, "schedulingGates").forEach(gate -> known.add(Json.text(gate, "name")));
    int index = 0;
    for (var gate : Json.objects(spec, "schedulingGates")) {
      var at = Path.SPEC.child("schedulingGates").item(index++).child("name");
      if (!known.contains(Json.text(gate, "name"))) {
        errors.forbidden(
            at,
            "only deletion is allowed, but found new scheduling gate '"
                + Json.text(gate, "name")
                + "'");
      }
    }
  }

  private static void forgetWhatMayChange(ObjectNode spec, ObjectNode before, FieldErrors errors) {
    if (!Json.objects(before, "schedulingGates").isEmpty()) {
      narrow(spec, before, errors);
    }
    if (Json.number(before, "terminationGracePeriodSeconds", 0) < 0
        && Json.number(spec, "terminationGracePeriodSeconds", 0) == 1) {
      before.put("terminationGracePeriodSeconds", 1);
    }
    for (var side : List.of(spec, before)) {
      side.remove(List.of("activeDeadlineSeconds", "tolerations", "schedulingGates"));
      for (var list : List.of("containers", "initContainers")) {
        Json.objects(side, list).forEach(container -> container.remove("image"));
      }
    }
  }

  /// As long as a gate is there the node may be chosen more narrowly.
  private static void narrow(ObjectNode spec, ObjectNode before, FieldErrors errors) {
    var selector = Json.object(spec, "nodeSelector");
    for (var label : Json.entries(before, "nodeSelector")) {
      if (!Json.same(label.getValue(), Json.get(selector, label.getKey()))) {
        errors.invalid(
            Path.SPEC.child("nodeSelector"),
            selector,
            "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        break;
      }
    }
    narrowAffinity(nodeAffinity(spec), nodeAffinity(before), errors);
    for (var side : List.of(spec, before)) {
      side.remove("nodeSelector");
      var affinity = Json.object(side, "affinity");
      if (affinity != null) {
        affinity.remove("nodeAffinity");
        if (affinity.isEmpty()) {
          side.remove("affinity");
        }
      }
    }
  }

  private static @Nullable ObjectNode nodeAffinity(ObjectNode spec) {
    return Json.object(Json.object(spec, "affinity"), "nodeAffinity");
  }

  private static void narrowAffinity(
      @Nullable ObjectNode now, @Nullable ObjectNode before, FieldErrors errors) {
    var old = Json.objects(Json.object(before, REQUIRED), "nodeSelectorTerms");
    if (old.isEmpty()) {
      return;
    }
    var terms = Json.objects(Json.object(now, REQUIRED), "nodeSelectorTerms");
    var path =
        Path.SPEC
            .child("affinity")
            .child("nodeAffinity")
            .child(REQUIRED)
            .child("nodeSelectorTerms");
    if (terms.size() != old.size()) {
      errors.invalid(
          path,
          Json.get(Json.object(now, REQUIRED), "nodeSelectorTerms"),
          "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
      return;
    }
    for (int i = 0; i < old.size(); i++) {
      if (!onlyAdds(terms.get(i), old.get(i))) {
        errors.invalid(
            path.item(i), terms.get(i), "only additions are allowed (no mutations or deletions)");
      }
    }
  }

  private static boolean onlyAdds(ObjectNode term, ObjectNode old) {
    if (old.isEmpty() && !term.isEmpty()) {
      return false;
    }
    for (var field : List.of("matchExpressions", "matchFields")) {
      var before = Json.objects(old, field);
      List<? extends JsonNode> now = Json.objects(term, field);
      if (now.size() < before.size()) {
        return false;
      }
      for (int i = 0; i < before.size(); i++) {
        if (!Json.same(now.get(i), before.get(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
