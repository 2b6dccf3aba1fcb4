package dev.troupe.runtime.controller;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A collection controller for tests: binds every pod to the node with the number of pods so far.
final class Binder implements CollectionController<Map<ResourceKey, Pod>> {

  @Override
  public String name() {
    return "binder";
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(Pod.class);
  }

  @Override
  public Map<ResourceKey, Pod> initial() {
    return new HashMap<>();
  }

  @Override
  public Map<ResourceKey, Pod> apply(Map<ResourceKey, Pod> state, Change change) {
    if (change.deleted()) {
      state.remove(change.key());
    } else {
      state.put(change.key(), change.as(Pod.class));
    }
    return state;
  }

  @Override
  public Collection<ResourceKey> concerns(Map<ResourceKey, Pod> state, Change change) {
    return change.deleted() ? List.of() : List.of(change.key());
  }

  @Override
  public Plan decide(Map<ResourceKey, Pod> state, Change latest, Cause cause, Instant now) {
    var key = latest.key();
    var pod = state.get(key);
    if (pod == null || pod.getSpec().getNodeName() != null) {
      return Plan.nothing();
    }
    long bound = state.values().stream().filter(p -> p.getSpec().getNodeName() != null).count();
    return Plan.nothing()
        .write(new Plan.Write.Bind(key, pod.getMetadata().getUid(), "node-" + bound))
        .event("Scheduled", "bound to node-" + bound);
  }
}
