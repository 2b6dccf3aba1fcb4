package dev.troupe.controllers.scheduling.placement;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.HostPort;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.demand.ResourceAmounts;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which nodes one pod fits on, as they are now, and why not on others.
public final class Fit {

  private static final Taint UNSCHEDULABLE =
      new TaintBuilder()
          .withKey("node.kubernetes.io/unschedulable")
          .withEffect("NoSchedule")
          .build();

  private final @Nullable ResourceKey key;
  private final PodDemand pod;
  private final Neighbours neighbours;
  private final Evenness evenness;

  private Fit(@Nullable ResourceKey key, PodDemand pod, Neighbours neighbours, Evenness evenness) {
    this.key = key;
    this.pod = pod;
    this.neighbours = neighbours;
    this.evenness = evenness;
  }

  /// Holds until anything changes.
  public static Fit of(ResourceKey key, PodDemand pod, Occupancy occupancy) {
    return new Fit(key, pod, Neighbours.of(pod, occupancy), Evenness.of(pod, occupancy));
  }

  /// As if it mattered to nobody which pods are beside it.
  public static Fit alone(PodDemand pod) {
    return new Fit(null, pod, Neighbours.NONE, Evenness.INDIFFERENT);
  }

  PodDemand pod() {
    return pod;
  }

  Neighbours neighbours() {
    return neighbours;
  }

  Evenness evenness() {
    return evenness;
  }

  /// Cheap and without words: for the nodes that are tried in vain.
  public boolean on(NodeRoom node) {
    if (!node.exists()) {
      return false;
    }
    var offer = node.offer();
    return !isClosed(offer)
        && (offer.taints().isEmpty() || pod.tolerance().obstacle(offer.taints()).isEmpty())
        && pod.affinity().admits(node.name(), node.labels())
        && (node.nominated().isEmpty() ? hasRoom(node) : besideNominated(node, this::hasRoom))
        && (evenness == Evenness.INDIFFERENT || evenness.obstacle(node) == null)
        && (neighbours == Neighbours.NONE || neighbours.obstacle(node) == null);
  }

  private boolean hasRoom(NodeRoom node) {
    var has = node.offer().allocatable();
    var taken = node.requested();
    var wants = pod.requests();
    return node.pods() < node.offer().pods()
        && !isShort(wants.milliCpu(), taken.milliCpu(), has.milliCpu())
        && !isShort(wants.memory(), taken.memory(), has.memory())
        && !isShort(wants.storage(), taken.storage(), has.storage())
        && (wants.extended().isEmpty() || hasExtended(wants, taken, has))
        && !hasPortConflict(node);
  }

  /// Those who have made room for themselves and are not less important go first.
  private <T> T besideNominated(NodeRoom node, Function<NodeRoom, T> question) {
    var first = new ArrayList<Map.Entry<ResourceKey, PodDemand>>();
    for (var nominated : node.nominated().entrySet()) {
      if (nominated.getValue().priority() >= pod.priority() && !nominated.getKey().equals(key)) {
        first.add(nominated);
      }
    }
    first.forEach(one -> node.take(one.getKey(), one.getValue()));
    var answer = question.apply(node);
    first.forEach(one -> node.free(one.getKey()));
    return answer;
  }

  /// What the first check that fails says. Asked about nodes only that the pod does not fit on.
  Obstacle obstacle(NodeRoom node) {
    return node.nominated().isEmpty()
        ? firstObstacle(node)
        : besideNominated(node, this::firstObstacle);
  }

  private Obstacle firstObstacle(NodeRoom node) {
    var offer = node.offer();
    if (isClosed(offer)) {
      return Obstacle.lasting("node(s) were unschedulable");
    }
    var taint = pod.tolerance().obstacle(offer.taints());
    if (taint.isPresent()) {
      return Obstacle.lasting("node(s) had untolerated taint " + words(taint.get()));
    }
    if (!pod.affinity().admits(node.name(), node.labels())) {
      return Obstacle.lasting("node(s) didn't match Pod's node affinity/selector");
    }
    if (hasPortConflict(node)) {
      return Obstacle.passing("node(s) didn't have free ports for the requested pod ports");
    }
    var shortages = new Shortages(node);
    if (!shortages.isEmpty()) {
      return shortages.obstacle();
    }
    var uneven = evenness.obstacle(node);
    var unwanted = uneven == null ? neighbours.obstacle(node) : uneven;
    if (unwanted == null) {
      throw new IllegalStateException("nothing keeps the pod off " + node.name());
    }
    return unwanted;
  }

  private static String words(Taint taint) {
    return "{" + taint.getKey() + ": " + (taint.getValue() == null ? "" : taint.getValue()) + "}";
  }

  private boolean isClosed(NodeRoom.Offer offer) {
    return offer.unschedulable() && !pod.tolerance().bears(UNSCHEDULABLE);
  }

  private boolean hasPortConflict(NodeRoom node) {
    for (HostPort port : pod.hostPorts()) {
      if (node.hasConflict(port)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasExtended(
      ResourceAmounts wants, ResourceAmounts taken, ResourceAmounts has) {
    return wants.extended().entrySet().stream()
        .noneMatch(e -> isShort(e.getValue(), amount(taken, e.getKey()), amount(has, e.getKey())));
  }

  private static boolean isShort(long wanted, long taken, long has) {
    return wanted > 0 && wanted > has - taken;
  }

  private static long amount(ResourceAmounts resources, String name) {
    return resources.extended().getOrDefault(name, 0L);
  }

  /// What one node has too little of for the pod.
  private final class Shortages {

    private final List<String> reasons = new ArrayList<>();
    private boolean isPassing = true;

    Shortages(NodeRoom node) {
      var has = node.offer().allocatable();
      var taken = node.requested();
      var wants = pod.requests();
      if (node.pods() + 1 > node.offer().pods()) {
        reasons.add("Too many pods");
      }
      check("cpu", wants.milliCpu(), taken.milliCpu(), has.milliCpu());
      check("memory", wants.memory(), taken.memory(), has.memory());
      check("ephemeral-storage", wants.storage(), taken.storage(), has.storage());
      wants
          .extended()
          .forEach((name, amount) -> check(name, amount, amount(taken, name), amount(has, name)));
    }

    /// What the node does not have at all no pod can give back.
    private void check(String name, long wanted, long taken, long has) {
      if (isShort(wanted, taken, has)) {
        reasons.add("Insufficient " + name);
        isPassing &= wanted <= has;
      }
    }

    boolean isEmpty() {
      return reasons.isEmpty();
    }

    Obstacle obstacle() {
      return new Obstacle(reasons, isPassing);
    }
  }
}
