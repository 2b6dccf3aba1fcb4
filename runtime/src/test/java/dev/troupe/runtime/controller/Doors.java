package dev.troupe.runtime.controller;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/// A controller for tests: a service for each deployment that wants one, at some node port or, as
/// its front door, at a certain one.
final class Doors implements Controller<Deployment> {

  static final int FRONT_DOOR = 30_080;

  @Override
  public Class<Deployment> resource() {
    return Deployment.class;
  }

  @Override
  public String name() {
    return "doors";
  }

  @Override
  public void observe(Observe<Deployment> on) {
    on.owns(Service.class);
  }

  @Override
  public Plan reconcile(Deployment deployment, View view, Cause cause) {
    var wanted = deployment.getMetadata().getAnnotations();
    if (wanted.containsKey("front-door")) {
      return Plan.nothing().own(service(deployment, port().withNodePort(FRONT_DOOR).build()));
    }
    return wanted.containsKey("door")
        ? Plan.nothing().own(service(deployment, port().build()))
        : Plan.nothing();
  }

  private static ServicePortBuilder port() {
    return new ServicePortBuilder().withPort(80);
  }

  private static Service service(Deployment deployment, ServicePort port) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(deployment.getMetadata().getName())
        .withNamespace(deployment.getMetadata().getNamespace())
        .endMetadata()
        .withNewSpec()
        .withType("NodePort")
        .withPorts(port)
        .endSpec()
        .build();
  }
}
