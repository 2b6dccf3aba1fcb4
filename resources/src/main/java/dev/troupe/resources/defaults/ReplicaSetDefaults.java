package dev.troupe.resources.defaults;

import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

final class ReplicaSetDefaults implements Defaults {

  @Override
  public void complete(ObjectNode replicaSet) {
    var spec = Json.child(replicaSet, "spec");
    Given.orElse(spec, "replicas", 1);
    PodSpecDefaults.completeTemplate(spec);
  }
}
