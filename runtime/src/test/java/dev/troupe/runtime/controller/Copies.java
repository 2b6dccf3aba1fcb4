package dev.troupe.runtime.controller;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.time.Duration;
import java.util.List;

/// A controller for tests: as many config maps as a deployment has replicas, a defrost every
/// period, and goodbye said before the end.
public final class Copies implements Controller<Deployment> {

  public record Defrost(String id) implements Activity {}

  public record SayGoodbye(String id) implements Activity {}

  private final Duration period;

  public Copies(Duration period) {
    this.period = period;
  }

  @Override
  public Class<Deployment> resource() {
    return Deployment.class;
  }

  @Override
  public String name() {
    return "copies";
  }

  @Override
  public String finalizer() {
    return "test.troupe.dev/copies";
  }

  @Override
  public void observe(Observe<Deployment> on) {
    on.owns(ConfigMap.class).refers(Service.class, Copies::references);
  }

  private static List<Observe.Ref> references(Deployment deployment) {
    if (deployment.getMetadata().getAnnotations().containsKey("unrelated")) {
      throw new IllegalArgumentException("refers to nothing");
    }
    return List.of();
  }

  @Override
  public Plan reconcile(Deployment deployment, View view, Cause cause) {
    var name = deployment.getMetadata().getName();
    if (cause instanceof Cause.Deleting) {
      return Plan.nothing().call(new SayGoodbye(name)).release();
    }
    if (deployment.getMetadata().getAnnotations().containsKey("fail")) {
      throw new IllegalArgumentException("as asked for");
    }
    int wanted = deployment.getSpec().getReplicas();
    var copies = view.list(ConfigMap.class);
    var plan = Plan.nothing();
    for (int i = 0; i < wanted; i++) {
      plan = plan.own(copy(deployment, i));
    }
    for (var copy : copies) {
      if (Integer.parseInt(copy.getData().get("number")) >= wanted) {
        plan = plan.delete(key(copy), copy.getMetadata().getUid());
      }
    }
    plan =
        plan.status(new DeploymentStatusBuilder().withReplicas(copies.size()).build())
            .timer("defrost", period);
    if (cause instanceof Cause.TimerFired(var timer) && timer.equals("defrost")) {
      plan = plan.call(new Defrost(name + view.now())).event("Defrosted", "again");
    }
    return copies.size() == wanted ? plan : plan.waitFor("copies", copies.size() + " of " + wanted);
  }

  private static ConfigMap copy(Deployment deployment, int number) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(deployment.getMetadata().getName() + "-" + number)
        .withNamespace(deployment.getMetadata().getNamespace())
        .endMetadata()
        .addToData("number", Integer.toString(number))
        .build();
  }

  private static ResourceKey key(ConfigMap copy) {
    return new ResourceKey(
        TypeRef.core("configmaps"),
        copy.getMetadata().getNamespace(),
        copy.getMetadata().getName());
  }
}
