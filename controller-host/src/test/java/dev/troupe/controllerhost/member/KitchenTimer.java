package dev.troupe.controllerhost.member;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.Map;

/// Rings once for each config map that is labelled `ring`, some time after it has seen it: what it
/// knows of that is a timer, and nothing else.
final class KitchenTimer implements Controller<ConfigMap> {

  static final String RING = "ring";
  static final String RUNG = "rung";

  private final Duration after;

  KitchenTimer(Duration after) {
    this.after = after;
  }

  @Override
  public Class<ConfigMap> resource() {
    return ConfigMap.class;
  }

  @Override
  public String name() {
    return "kitchen-timer";
  }

  @Override
  public Plan reconcile(ConfigMap map, View view, Cause cause) {
    var metadata = map.getMetadata();
    Map<String, String> labels = metadata.getLabels();
    if (labels == null || !labels.containsKey(RING)) {
      return Plan.nothing();
    }
    Map<String, String> annotations = metadata.getAnnotations();
    boolean rung = annotations != null && annotations.containsKey(RUNG);
    if (cause instanceof Cause.TimerFired) {
      return Plan.nothing()
          .apply(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withNamespace(metadata.getNamespace())
                  .withName(metadata.getName())
                  .addToAnnotations(RUNG, view.now().toString())
                  .endMetadata()
                  .build())
          .event("Rung", "the time is over");
    }
    return rung
        ? Plan.nothing()
        : Plan.nothing().timer("ring", after).event("Set", "it will ring after " + after);
  }
}
