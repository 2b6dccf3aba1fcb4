package dev.troupe.controllers.deployment;

import dev.troupe.api.controller.Plan.Write;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Owners;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;

/// Which of the replica sets in sight are the deployment's: those that it owns, and those that it
/// adopts because they match and belong to nobody.
///
/// @param writes adopt and release
record OwnSets(List<ReplicaSet> owned, List<Write> writes) {

  static OwnSets of(Deployment deployment, List<ReplicaSet> seen) {
    boolean mayChange = deployment.getMetadata().getDeletionTimestamp() == null;
    var owned = new ArrayList<ReplicaSet>();
    var writes = new ArrayList<Write>();
    for (var set : seen) {
      boolean matches = Labels.match(deployment.getSpec().getSelector(), Labels.of(set));
      boolean living = set.getMetadata().getDeletionTimestamp() == null;
      if (Owners.controls(deployment, set)) {
        if (matches || !mayChange) {
          owned.add(set);
        } else {
          writes.add(Owners.release(deployment, set));
        }
      } else if (matches && mayChange && living && Owners.controllerOf(set).isEmpty()) {
        writes.add(Owners.adopt(deployment, set));
        owned.add(set);
      }
    }
    return new OwnSets(owned, writes);
  }
}
