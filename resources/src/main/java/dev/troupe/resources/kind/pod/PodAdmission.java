package dev.troupe.resources.kind.pod;

import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What a new pod gets from Kubernetes' admission plugins and from its strategy: priority, service
/// account, tolerations for nodes that fail, and its first status.
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
    spec.put("priority", PodPriority.of(Json.text(spec, "priorityClassName")).orElse(0));
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
    var status = Json.child(pod, "status");
    status.put("phase", "Pending");
    status.put("qosClass", QualityOfService.of(spec));
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
