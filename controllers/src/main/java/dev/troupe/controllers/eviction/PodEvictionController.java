package dev.troupe.controllers.eviction;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Marks pods of failed nodes not ready, evicts pods that do not bear the taints of their node, and
/// collects those that nobody else would: of nodes that are gone, of nodes out of service, deleted
/// before they had a node, and the oldest of very many that have ended.
public final class PodEvictionController implements CollectionController<PodsByNode> {

  private static final int MOST_ENDED = 12_500;

  private final int mostEnded;

  public PodEvictionController() {
    this(MOST_ENDED);
  }

  PodEvictionController(int mostEnded) {
    this.mostEnded = mostEnded;
  }

  @Override
  public String name() {
    return "pod-eviction";
  }

  @Override
  public String fieldManager() {
    return WriterNames.CONTROLLERS;
  }

  @Override
  public String component() {
    return "taint-eviction-controller";
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(Node.class, Pod.class);
  }

  @Override
  public PodsByNode initial() {
    return new PodsByNode(new EndedPods(mostEnded));
  }

  @Override
  public PodsByNode apply(PodsByNode state, Change change) {
    state.apply(change);
    return state;
  }

  @Override
  public Collection<ResourceKey> concerns(PodsByNode state, Change change) {
    return state.concerned(change);
  }

  @Override
  public Plan decide(PodsByNode state, Change latest, Cause cause, Instant now) {
    var pod = latest.as(Pod.class);
    return pod == null ? Plan.nothing() : new Stay(state, latest.key(), pod, cause, now).plan();
  }
}
