package dev.troupe.controllers.scheduling;

import java.util.Collection;
import java.util.Optional;

/// Chooses among the nodes that a pod fits on: those with the most room, evenly used, without pods
/// of the same controller, wanted by the pod's affinity.
final class Preference {

  private static final int FULL = 100;
  private static final int SPREAD_WEIGHT = 2;
  private static final int AFFINITY_WEIGHT = 2;
  private static final int TAINT_WEIGHT = 3;

  private Preference() {}

  /// The best of the nodes that fit. Ties go to the node with the fewest pods, then to the first in
  /// the order of the nodes.
  static Optional<NodeRoom> choose(PodDemand pod, Collection<NodeRoom> nodes) {
    int mostOfGroup = 0;
    int mostPreferred = 0;
    boolean prefers = !pod.affinity().preferred().isEmpty();
    for (var node : nodes) {
      mostOfGroup = Math.max(mostOfGroup, node.ofGroup(pod.group()));
      mostPreferred =
          prefers ? Math.max(mostPreferred, pod.affinity().preference(node)) : mostPreferred;
    }
    NodeRoom best = null;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (var node : nodes) {
      if (!node.exists() || !Fit.fits(pod, node)) {
        continue;
      }
      double score = score(pod, node, mostOfGroup, mostPreferred);
      if (best == null || score > bestScore || (score == bestScore && node.pods() < best.pods())) {
        best = node;
        bestScore = score;
      }
    }
    return Optional.ofNullable(best);
  }

  private static double score(PodDemand pod, NodeRoom node, int mostOfGroup, int mostPreferred) {
    var has = node.offer().allocatable();
    var used = node.expected();
    double cpu = share(used.milliCpu(), pod.expected().milliCpu(), has.milliCpu());
    double memory = share(used.memory(), pod.expected().memory(), has.memory());
    double leastUsed = FULL * (1 - (cpu + memory) / 2);
    double balanced = FULL * (1 - Math.abs(cpu - memory) / 2);
    double spread =
        mostOfGroup == 0 ? 0 : FULL * (1 - (double) node.ofGroup(pod.group()) / mostOfGroup);
    double affinity =
        mostPreferred == 0 ? 0 : FULL * (double) pod.affinity().preference(node) / mostPreferred;
    double untainted = (double) FULL / (1 + pod.tolerance().reservations(node.offer().taints()));
    return leastUsed
        + balanced
        + SPREAD_WEIGHT * spread
        + AFFINITY_WEIGHT * affinity
        + TAINT_WEIGHT * untainted;
  }

  private static double share(long used, long wanted, long has) {
    return has <= 0 ? 1 : Math.min(1, ((double) used + wanted) / has);
  }
}
