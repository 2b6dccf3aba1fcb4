package dev.troupe.controllers.replicaset;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;

/// Which of the pods in sight belong to a replica set: `owned` counts those to be adopted too.
/// `seen` are all, whose names are taken and which crowd the nodes.
record OwnPods(List<Pod> seen, List<Pod> owned, List<Pod> adopted, List<Pod> released) {

  static OwnPods of(ReplicaSet set, List<Pod> pods) {
    boolean mayChange = set.getMetadata().getDeletionTimestamp() == null;
    var claims = new OwnPods(pods, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (var pod : pods) {
      boolean matches = Labels.match(set.getSpec().getSelector(), Labels.of(pod));
      if (Owners.controls(set, pod)) {
        if (matches || Pods.isTerminating(pod) || !mayChange) {
          claims.owned.add(pod);
        } else {
          claims.released.add(pod);
        }
      } else if (matches && mayChange && Pods.isActive(pod) && Owners.controllerOf(pod).isEmpty()) {
        claims.owned.add(pod);
        claims.adopted.add(pod);
      }
    }
    return claims;
  }
}
