package dev.troupe.controllers.replicaset;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Optional;

/// Keeps as many pods as a ReplicaSet asks for: adopts those that match and have no controller,
/// releases those that no longer match, creates what is missing and deletes what is too much.
public final class ReplicaSetController implements Controller<ReplicaSet> {

  @Override
  public Class<ReplicaSet> resource() {
    return ReplicaSet.class;
  }

  @Override
  public String name() {
    return "replicaset";
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
  public void observe(Observe<ReplicaSet> on) {
    on.owns(Pod.class)
        .selects(Pod.class, set -> Labels.certain(set.getSpec().getSelector()))
        .siblingsOwn(Pod.class, ReplicaSetController::deploymentWhoseCrowdsCount);
  }

  /// Where pods of the same deployment crowd matters when some are to go.
  private static Optional<String> deploymentWhoseCrowdsCount(ReplicaSet set) {
    var status = set.getStatus();
    var wanted = set.getSpec().getReplicas();
    return status == null
            || wanted == null
            || status.getReplicas() == null
            || status.getReplicas() <= wanted
        ? Optional.empty()
        : Owners.controllerOf(set).map(OwnerReference::getUid);
  }

  @Override
  public Plan reconcile(ReplicaSet set, View view, Cause cause) {
    var claims = OwnPods.of(set, view.list(Pod.class));
    return new ReplicaSetPlanner(set, claims, view.now(), cause).plan();
  }
}
