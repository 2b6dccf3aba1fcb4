package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.ContainerDefaults;
import dev.troupe.resources.kind.volume.VolumeDefaults;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Defaults of a pod's spec, in pods and in templates of pods.
public final class PodSpecDefaults {

  private static final int GRACE_SECONDS = 30;

  private PodSpecDefaults() {}

  public static void complete(ObjectNode spec) {
    Given.orElse(spec, "dnsPolicy", "ClusterFirst");
    Given.orElse(spec, "restartPolicy", "Always");
    Given.orElse(spec, "schedulerName", "default-scheduler");
    Given.orElse(spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
    Json.child(spec, "securityContext");
    nameServiceAccount(spec);
    for (var list : List.of("initContainers", "containers", "ephemeralContainers")) {
      Json.objects(spec, list).forEach(ContainerDefaults::complete);
    }
    Json.objects(spec, "volumes").forEach(VolumeDefaults::complete);
  }

  /// The service account has an older name, which mirrors it.
  private static void nameServiceAccount(ObjectNode spec) {
    var name = Json.text(spec, "serviceAccountName");
    var older = Json.text(spec, "serviceAccount");
    var account = name.isEmpty() ? older : name;
    if (!account.isEmpty()) {
      spec.put("serviceAccountName", account);
      spec.put("serviceAccount", account);
    }
  }

  public static void completeTemplate(ObjectNode parent) {
    var template = Json.object(parent, "template");
    if (template != null) {
      complete(Json.child(template, "spec"));
    }
  }
}
