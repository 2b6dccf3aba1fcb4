package dev.troupe.controllers.deployment;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

/// Brings a Deployment's pods to its template: one ReplicaSet per template, moved from the old ones
/// to the new one within the limits of the strategy.
public final class DeploymentController implements Controller<Deployment> {

  @Override
  public Class<Deployment> resource() {
    return Deployment.class;
  }

  @Override
  public String name() {
    return "deployment";
  }

  @Override
  public String fieldManager() {
    return WriterNames.CONTROLLERS;
  }

  @Override
  public Manner manner() {
    return Manner.MERGED;
  }

  @Override
  public void observe(Observe<Deployment> on) {
    on.owns(ReplicaSet.class)
        .selects(ReplicaSet.class, d -> Labels.certain(d.getSpec().getSelector()));
  }

  @Override
  public Plan reconcile(Deployment deployment, View view, Cause cause) {
    return new DeploymentPlanner(deployment, view.list(ReplicaSet.class), view.now(), cause).plan();
  }
}
