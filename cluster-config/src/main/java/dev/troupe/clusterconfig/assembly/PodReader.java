package dev.troupe.clusterconfig.assembly;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllers.simulation.log.SimulatedPodLogs.PodLookup;
import dev.troupe.runtime.collection.Resources;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Finds a pod in the index, for those who are told its log.
record PodReader(Resources resources) implements PodLookup {

  private static final TypeRef PODS = TypeRef.core("pods");

  @Override
  public Optional<Pod> find(String namespace, String name) {
    return resources
        .get(new ResourceKey(PODS, namespace, name))
        .toCompletableFuture()
        .join()
        .map(pod -> JsonMapper.shared().readValue(pod.json(), Pod.class));
  }
}
