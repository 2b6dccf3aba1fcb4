package dev.troupe.controllers.scheduling.placement;

import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Chooses among the nodes that a pod fits on: those with the most room, evenly used, without pods
/// of the same controller, wanted by the pod's affinity, near those it likes and not crowded.
public final class Preference {

  private static final int FULL = 100;
  private static final int SPREAD_WEIGHT = 2;
  private static final int AFFINITY_WEIGHT = 2;
  private static final int NEIGHBOUR_WEIGHT = 2;
  private static final int TAINT_WEIGHT = 3;

  private final Fit fit;
  private final PodDemand pod;
  private final int mostOfGroup;
  private final int mostPreferred;
  private final Scale neighbours;
  private final Scale crowds;

  private Preference(Fit fit, Occupancy occupancy) {
    this.fit = fit;
    this.pod = fit.pod();
    int ofGroup = 0;
    int preferred = 0;
    boolean prefers = !pod.affinity().preferred().isEmpty();
    for (var node : occupancy.nodes()) {
      ofGroup = Math.max(ofGroup, node.ofGroup(pod.group()));
      preferred = prefers ? Math.max(preferred, preference(node)) : preferred;
    }
    this.mostOfGroup = ofGroup;
    this.mostPreferred = preferred;
    this.neighbours =
        fit.neighbours().hasWeights() ? scale(occupancy, fit.neighbours()::weight) : Scale.NONE;
    this.crowds =
        fit.evenness().hasWeights() ? scale(occupancy, fit.evenness()::crowd) : Scale.NONE;
  }

  private Scale scale(Occupancy occupancy, ToDoubleFunction<NodeRoom> mark) {
    return Scale.of(occupancy.nodes().stream().filter(fit::on).mapToDouble(mark));
  }

  /// The best of the nodes that fit. The one that the pod has made room on is; ties go to the node
  /// with the fewest pods, then to the first in the order of the nodes.
  ///
  /// @param nominated the node that the pod has made room on; empty if it has not
  public static Optional<NodeRoom> choose(Fit fit, Occupancy occupancy, String nominated) {
    var promised = nominated.isEmpty() ? null : occupancy.node(nominated);
    if (promised != null && fit.on(promised)) {
      return Optional.of(promised);
    }
    return Optional.ofNullable(new Preference(fit, occupancy).best(occupancy.nodes()));
  }

  private @Nullable NodeRoom best(Collection<NodeRoom> nodes) {
    NodeRoom best = null;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (var node : nodes) {
      if (!fit.on(node)) {
        continue;
      }
      double score = score(node);
      if (best == null || score > bestScore || (score == bestScore && node.pods() < best.pods())) {
        best = node;
        bestScore = score;
      }
    }
    return best;
  }

  private double score(NodeRoom node) {
    var has = node.offer().allocatable();
    var used = node.expected();
    double cpu = share(used.milliCpu(), pod.expected().milliCpu(), has.milliCpu());
    double memory = share(used.memory(), pod.expected().memory(), has.memory());
    double leastUsed = FULL * (1 - (cpu + memory) / 2);
    double balanced = FULL * (1 - Math.abs(cpu - memory) / 2);
    double spread =
        mostOfGroup == 0 ? 0 : FULL * (1 - (double) node.ofGroup(pod.group()) / mostOfGroup);
    double affinity = mostPreferred == 0 ? 0 : FULL * (double) preference(node) / mostPreferred;
    double untainted = (double) FULL / (1 + pod.tolerance().reservations(node.offer().taints()));
    return leastUsed
        + balanced
        + SPREAD_WEIGHT * (spread + uncrowded(node))
        + AFFINITY_WEIGHT * affinity
        + NEIGHBOUR_WEIGHT * liked(node)
        + TAINT_WEIGHT * untainted;
  }

  private int preference(NodeRoom node) {
    return pod.affinity().preference(node.name(), node.labels());
  }

  private double liked(NodeRoom node) {
    return neighbours.isFlat()
        ? 0
        : FULL * (fit.neighbours().weight(node) - neighbours.least()) / neighbours.range();
  }

  private double uncrowded(NodeRoom node) {
    if (!fit.evenness().hasWeights()) {
      return 0;
    }
    double crowd = fit.evenness().crowd(node);
    if (Double.isInfinite(crowd)) {
      return 0;
    }
    return crowds.most() == 0
        ? FULL
        : FULL * (crowds.most() + crowds.least() - crowd) / crowds.most();
  }

  private static double share(long used, long wanted, long has) {
    return has <= 0 ? 1 : Math.min(1, ((double) used + wanted) / has);
  }

  /// Between what the marks of the nodes are.
  private record Scale(double least, double most) {

    static final Scale NONE = new Scale(0, 0);

    static Scale of(DoubleStream all) {
      var marks = all.filter(Double::isFinite).summaryStatistics();
      return marks.getCount() == 0 ? NONE : new Scale(marks.getMin(), marks.getMax());
    }

    boolean isFlat() {
      return most <= least;
    }

    double range() {
      return most - least;
    }
  }
}
