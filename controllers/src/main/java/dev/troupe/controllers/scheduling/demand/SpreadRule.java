package dev.troupe.controllers.scheduling.demand;

import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How evenly the pods that are meant shall be spread over the places that a label tells apart.
///
/// @param required whether a pod waits rather than to make it worse
/// @param minDomains how many places there must be before the emptiest counts
/// @param honorsAffinity whether nodes that the pod does not want count
/// @param honorsTaints whether nodes whose taints the pod does not bear are left out
public record SpreadRule(
    int maxSkew,
    String topologyKey,
    boolean required,
    LabelQuery pods,
    int minDomains,
    boolean honorsAffinity,
    boolean honorsTaints) {

  static List<SpreadRule> of(@Nullable List<TopologySpreadConstraint> constraints) {
    return constraints == null || constraints.isEmpty()
        ? List.of()
        : constraints.stream().map(SpreadRule::of).toList();
  }

  /// @param namespace of the pod whose rule it is
  public boolean means(Likeness pod, String namespace) {
    return !pod.terminating() && pod.namespace().equals(namespace) && pods.matches(pod.labels());
  }

  private static SpreadRule of(TopologySpreadConstraint constraint) {
    return new SpreadRule(
        Objects.requireNonNullElse(constraint.getMaxSkew(), 1),
        constraint.getTopologyKey(),
        !"ScheduleAnyway".equals(constraint.getWhenUnsatisfiable()),
        LabelQuery.of(constraint.getLabelSelector()),
        Objects.requireNonNullElse(constraint.getMinDomains(), 1),
        !"Ignore".equals(constraint.getNodeAffinityPolicy()),
        "Honor".equals(constraint.getNodeTaintsPolicy()));
  }
}
