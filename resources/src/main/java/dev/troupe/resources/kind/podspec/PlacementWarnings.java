package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What surprises in what a pod says about its place: labels of nodes that have newer names, and
/// terms that mean no pod.
final class PlacementWarnings {

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final String NO_POD = "a null labelSelector results in matching no pod";

  private static final Map<String, String> OLD_LABELS =
      Map.of(
          "beta.kubernetes.io/arch",
          "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
          "beta.kubernetes.io/os",
          "deprecated since v1.14; use \"kubernetes.io/os\" instead",
          "failure-domain.beta.kubernetes.io/region",
          "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
          "failure-domain.beta.kubernetes.io/zone",
          "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
          "beta.kubernetes.io/instance-type",
          "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
          "app.kubernetes.io/created-by",
          "deprecated since v1.9",
          "scheduler.alpha.kubernetes.io/preferAvoidPods",
          "deprecated since v1.22; use Taints and Tolerations instead",
          "node-role.kubernetes.io/master",
          "use \"node-role.kubernetes.io/control-plane\" instead");

  private PlacementWarnings() {}

  static void check(@Nullable ObjectNode spec, Path path, FieldWarnings warnings) {
    for (var label : Json.entries(spec, "nodeSelector")) {
      var old = OLD_LABELS.get(label.getKey());
      if (old != null) {
        warnings.add(path.child("nodeSelector").key(label.getKey()), old);
      }
    }
    var affinity = Json.object(spec, "affinity");
    if (affinity != null) {
      var at = path.child("affinity");
      nodes(Json.object(affinity, "nodeAffinity"), at.child("nodeAffinity"), warnings);
      for (var kind : List.of("podAffinity", "podAntiAffinity")) {
        pods(Json.object(affinity, kind), at.child(kind), warnings);
      }
    }
    int index = 0;
    for (var constraint : Json.objects(spec, "topologySpreadConstraints")) {
      var at = path.child("topologySpreadConstraints").item(index++);
      oldLabel(Json.text(constraint, "topologyKey"), at.child("topologyKey"), warnings);
      selector(constraint, at, warnings);
    }
  }

  private static void nodes(@Nullable ObjectNode affinity, Path path, FieldWarnings warnings) {
    int index = 0;
    for (var term : Json.objects(Json.object(affinity, REQUIRED), "nodeSelectorTerms")) {
      nodeTerm(term, path.child(REQUIRED).child("nodeSelectorTerms").item(index++), warnings);
    }
    index = 0;
    for (var preferred : Json.objects(affinity, PREFERRED)) {
      var at = path.child(PREFERRED).item(index++).child("preference");
      nodeTerm(Json.object(preferred, "preference"), at, warnings);
    }
  }

  private static void nodeTerm(@Nullable ObjectNode term, Path path, FieldWarnings warnings) {
    int index = 0;
    for (var expression : Json.objects(term, "matchExpressions")) {
      var at = path.child("matchExpressions").item(index++).child("key");
      oldLabel(Json.text(expression, "key"), at, warnings);
    }
  }

  private static void oldLabel(String label, Path path, FieldWarnings warnings) {
    var old = OLD_LABELS.get(label);
    if (old != null) {
      warnings.add(path, label + " is " + old);
    }
  }

  private static void pods(@Nullable ObjectNode affinity, Path path, FieldWarnings warnings) {
    int index = 0;
    for (var term : Json.objects(affinity, REQUIRED)) {
      selector(term, path.child(REQUIRED).item(index++), warnings);
    }
    index = 0;
    for (var preferred : Json.objects(affinity, PREFERRED)) {
      var at = path.child(PREFERRED).item(index++).child("podAffinityTerm");
      selector(Json.object(preferred, "podAffinityTerm"), at, warnings);
    }
  }

  private static void selector(@Nullable ObjectNode term, Path path, FieldWarnings warnings) {
    if (!Json.has(term, "labelSelector")) {
      warnings.add(path.child("labelSelector"), NO_POD);
    }
  }
}
