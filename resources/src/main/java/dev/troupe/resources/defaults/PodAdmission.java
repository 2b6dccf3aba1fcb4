package dev.troupe.resources.defaults;

import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What a new pod gets from Kubernetes' admission plugins and from its strategy: priority, service
/// account, tolerations for nodes that fail, and its first status.
final class PodAdmission implements Defaults {

  private static final int TOLERATION_SECONDS = 300;
  private static final int SYSTEM_CLUSTER_CRITICAL = 2_000_000_000;
  private static final int SYSTEM_NODE_CRITICAL = 2_000_001_000;

  @Override
  public void complete(ObjectNode pod) {
    var spec = Json.child(pod, "spec");
    if (Json.text(spec, "serviceAccountName").isEmpty()) {
      spec.put("serviceAccountName", "default");
      spec.put("serviceAccount", "default");
    }
    Given.orElse(spec, "preemptionPolicy", "PreemptLowerPriority");
    spec.put("priority", priority(Json.text(spec, "priorityClassName")));
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
    var status = Json.child(pod, "status");
    status.put("phase", "Pending");
    status.put("qosClass", QualityOfService.of(spec));
  }

  private static int priority(String priorityClass) {
    return switch (priorityClass) {
      case "system-cluster-critical" -> SYSTEM_CLUSTER_CRITICAL;
      case "system-node-critical" -> SYSTEM_NODE_CRITICAL;
      default -> 0;
    };
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
