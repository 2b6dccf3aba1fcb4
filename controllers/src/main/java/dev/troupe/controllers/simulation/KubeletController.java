package dev.troupe.controllers.simulation;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.NodesAndPods;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.ownership.WriterNames;
import dev.troupe.controllers.simulation.pod.PodLife;
import dev.troupe.controllers.simulation.pod.SimulatedPod;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The kubelets of all simulated nodes: brings pods that are bound to one through their lives.
public final class KubeletController implements CollectionController<KubeletState> {

  @Override
  public String name() {
    return "kubelet";
  }

  @Override
  public String fieldManager() {
    return WriterNames.KUBELET;
  }

  @Override
  public String component() {
    return name();
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(Node.class, Pod.class);
  }

  @Override
  public KubeletState initial() {
    return new KubeletState();
  }

  @Override
  public KubeletState apply(KubeletState state, Change change) {
    state.apply(change);
    return state;
  }

  @Override
  public Collection<ResourceKey> concerns(KubeletState state, Change change) {
    if (change.key().type().equals(NodesAndPods.NODES)) {
      return state.actingOn(change.key().name());
    }
    return state.acting(change.key()) == null ? List.of() : List.of(change.key());
  }

  @Override
  public Plan decide(KubeletState state, Change latest, Cause cause, Instant now) {
    var key = latest.key();
    var pod = state.acting(key);
    if (pod == null) {
      return Plan.nothing();
    }
    var node = Pods.nodeName(pod);
    var simulated =
        new SimulatedPod(pod, state.hostAddress(node), () -> state.podAddress(key, node), now);
    return new PodLife(simulated).next();
  }
}
