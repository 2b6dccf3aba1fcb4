package dev.troupe.resources.kind.pod;

import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.priority.PodPriority;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a new pod gets from Kubernetes' admission plugins and from its strategy: priority, service
/// account, tolerations for nodes that fail, selectors by its own labels, and its first status.
final class PodAdmission {

  private static final int TOLERATION_SECONDS = 300;

  private PodAdmission() {}

  static void complete(ObjectNode pod) {
    var spec = Json.child(pod, "spec");
    if (Json.text(spec, "serviceAccountName").isEmpty()) {
      spec.put("serviceAccountName", "default");
      spec.put("serviceAccount", "default");
    }
    Given.orElse(spec, "preemptionPolicy", "PreemptLowerPriority");
    Given.orElse(spec, "priority", PodPriority.ofSystem(Json.text(spec, "priorityClassName")));
    tolerate(spec);
    LabelKeys.write(pod);
    var status = Json.child(pod, "status");
    status.put("phase", "Pending");
    status.put("qosClass", QualityOfService.of(spec));
  }

  /// There are no runtime classes.
  static Optional<String> runtime(@Nullable ObjectNode spec) {
    var name = Json.text(spec, "runtimeClassName");
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of("pod rejected: RuntimeClass \"" + name + "\" not found");
  }

  /// What a new pod was given is given again to one that is written without it.
  static void completeChange(ObjectNode pod, ObjectNode current) {
    var spec = Json.child(pod, "spec");
    var before = Json.object(current, "spec");
    for (var field : List.of("priority", "preemptionPolicy")) {
      if (!Json.has(spec, field)) {
        Json.copy(field, before, spec);
      }
    }
    tolerate(spec);
  }

  private static void tolerate(ObjectNode spec) {
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
  }

  private static void tolerate(ObjectNode spec, String taint) {
    for (var toleration : Json.objects(spec, "tolerations")) {
      var key = Json.text(toleration, "key");
      var effect = Json.text(toleration, "effect");
      if ((key.isEmpty() || key.equals(taint))
          && (effect.isEmpty() || effect.equals("NoExecute"))) {
        return;
      }
    }
    var tolerations = Json.list(spec, "tolerations");
    (tolerations == null ? spec.putArray("tolerations") : tolerations)
        .addObject()
        .put("effect", "NoExecute")
        .put("key", taint)
        .put("operator", "Exists")
        .put("tolerationSeconds", TOLERATION_SECONDS);
  }
}
