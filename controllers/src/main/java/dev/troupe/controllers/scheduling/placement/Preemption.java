package dev.troupe.controllers.scheduling.placement;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Which less important pods would have to leave which node so that there is room for a pod that
/// fits on none.
public record Preemption(ResourceKey key, PodDemand pod, Unschedulable why, Occupancy occupancy) {

  /// So many nodes are tried, or so many if it matters to somebody who else is where.
  private static final int MOST_CANDIDATES = 100;

  private static final int MOST_CHOOSY_CANDIDATES = 10;

  private static final Obstacle NO_HELP =
      Obstacle.lasting("Preemption is not helpful for scheduling");
  private static final Obstacle NO_VICTIMS =
      Obstacle.lasting("No preemption victims found for incoming pod");

  /// What can be done.
  public sealed interface Outcome {

    /// The victims have to leave the node.
    record Found(String node, List<ResourceKey> victims) implements Outcome {}

    /// @param message why nothing can be done, in Kubernetes' words
    /// @param mayHope whether what is being done for the pod already goes on
    record None(String message, boolean mayHope) implements Outcome {}
  }

  /// @param nominated the node that others leave for the pod already; empty if there is none
  public Outcome find(String nominated) {
    if (!pod.preempts()) {
      return new Outcome.None("not eligible due to preemptionPolicy=Never.", true);
    }
    if (isBeingLeft(nominated)) {
      return new Outcome.None("not eligible due to a terminating pod on the nominated node.", true);
    }
    var reasons = new TreeMap<String, Integer>();
    var candidates = new ArrayList<Candidate>();
    boolean isChoosy = pod.isChoosy() || !occupancy.terms().isEmpty();
    int most = isChoosy ? MOST_CHOOSY_CANDIDATES : MOST_CANDIDATES;
    for (var node : why.passing()) {
      if (candidates.size() == most) {
        break;
      }
      var obstacle = clear(node, candidates);
      obstacle.ifPresent(one -> Unschedulable.count(reasons, one));
    }
    var best = candidates.stream().min(Candidate.ORDER);
    if (best.isPresent()) {
      return new Outcome.Found(best.get().node(), best.get().keys());
    }
    int helpless = why.nodes() - why.passing().size();
    if (helpless > 0) {
      reasons.merge(NO_HELP.reasons().getFirst(), helpless, Integer::sum);
    }
    return new Outcome.None(Unschedulable.message(why.nodes(), reasons), false);
  }

  private boolean isBeingLeft(String nominated) {
    var node = nominated.isEmpty() ? null : occupancy.node(nominated);
    return node != null
        && why.passing().contains(node)
        && node.occupants().values().stream()
            .anyMatch(one -> one.terminating() && one.priority() < pod.priority());
  }

  /// Adds the node as a candidate, or says why it is none.
  private Optional<Obstacle> clear(NodeRoom node, List<Candidate> candidates) {
    var lower = occupancy.hasLower(pod.priority()) ? lower(node) : List.<Victim>of();
    if (lower.isEmpty()) {
      return Optional.of(NO_VICTIMS);
    }
    lower.forEach(one -> occupancy.free(one.key(), node.name()));
    var fit = fit();
    var obstacle = fit.on(node) ? Optional.<Obstacle>empty() : Optional.of(fit.obstacle(node));
    var gone = new ArrayList<>(lower);
    if (obstacle.isEmpty()) {
      gone.removeIf(one -> stays(one, node));
      candidates.add(new Candidate(node.name(), List.copyOf(gone)));
    }
    gone.forEach(one -> occupancy.take(one.key(), one.demand(), node.name()));
    return obstacle;
  }

  /// The most important first: they are spared first.
  private List<Victim> lower(NodeRoom node) {
    var lower = new ArrayList<Victim>();
    node.occupants()
        .forEach((one, demand) -> {
          if (demand.priority() < pod.priority()) {
            lower.add(new Victim(one, demand));
          }
        });
    lower.sort(Victim.BY_IMPORTANCE);
    return lower;
  }

  /// Spares a pod beside which there is still room.
  private boolean stays(Victim one, NodeRoom node) {
    occupancy.take(one.key(), one.demand(), node.name());
    if (fit().on(node)) {
      return true;
    }
    occupancy.free(one.key(), node.name());
    return false;
  }

  private Fit fit() {
    return Fit.of(key, pod, occupancy);
  }
}
