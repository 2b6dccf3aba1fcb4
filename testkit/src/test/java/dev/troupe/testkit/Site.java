package dev.troupe.testkit;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.controller.settings.ControllerSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.function.BiFunction;

/// A controller of deployments that owns all their config maps and secrets, and does what a test
/// says.
record Site(
    BiFunction<Deployment, View, Plan> decision, String finalizer, ControllerSettings settings)
    implements Controller<Deployment> {

  Site(BiFunction<Deployment, View, Plan> decision) {
    this(decision, "", ControllerSettings.DEFAULT);
  }

  @Override
  public Class<Deployment> resource() {
    return Deployment.class;
  }

  @Override
  public String name() {
    return "site";
  }

  @Override
  public void observe(Observe<Deployment> on) {
    on.ownsAll(ConfigMap.class).ownsAll(Secret.class);
  }

  @Override
  public Plan reconcile(Deployment site, View view, Cause cause) {
    return decision.apply(site, view);
  }

  static ConfigMap map(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withData(data)
        .build();
  }

  static Secret secret(String name) {
    return new SecretBuilder().withNewMetadata().withName(name).endMetadata().build();
  }
}
