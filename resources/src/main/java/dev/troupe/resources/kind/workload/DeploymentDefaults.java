package dev.troupe.resources.kind.workload;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.podspec.PodSpecDefaults;
import tools.jackson.databind.node.ObjectNode;

final class DeploymentDefaults implements Defaults {

  private static final String ROLLING_UPDATE = "RollingUpdate";
  private static final String QUARTER = "25%";

  @Override
  public void complete(ObjectNode deployment) {
    var spec = Json.child(deployment, "spec");
    Given.orElse(spec, "replicas", 1);
    Given.orElse(spec, "revisionHistoryLimit", 10);
    Given.orElse(spec, "progressDeadlineSeconds", 600);
    var strategy = Json.child(spec, "strategy");
    Given.orElse(strategy, "type", ROLLING_UPDATE);
    if (Json.text(strategy, "type").equals(ROLLING_UPDATE)) {
      var rolling = Json.child(strategy, "rollingUpdate");
      if (!Json.has(rolling, "maxUnavailable")) {
        rolling.put("maxUnavailable", QUARTER);
      }
      if (!Json.has(rolling, "maxSurge")) {
        rolling.put("maxSurge", QUARTER);
      }
    }
    PodSpecDefaults.completeTemplate(spec);
  }
}
