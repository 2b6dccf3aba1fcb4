package dev.troupe.resources.kind.workload;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.podspec.PodSpecDefaults;
import tools.jackson.databind.node.ObjectNode;

final class ReplicaSetDefaults implements Defaults {

  @Override
  public void complete(ObjectNode replicaSet) {
    var spec = Json.child(replicaSet, "spec");
    Given.orElse(spec, "replicas", 1);
    PodSpecDefaults.completeTemplate(spec);
  }
}
