package dev.troupe.controllers.scheduling.demand;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Beside which pods a pod must or would rather be, and beside which not.
public record PodTerms(
    List<PodTerm> near, List<PodTerm> far, List<PodTerm> ratherNear, List<PodTerm> ratherFar) {

  public static final PodTerms NONE = new PodTerms(List.of(), List.of(), List.of(), List.of());

  /// @param namespace of the pod
  static PodTerms of(@Nullable Affinity affinity, String namespace) {
    if (affinity == null) {
      return NONE;
    }
    var near = affinity.getPodAffinity();
    var far = affinity.getPodAntiAffinity();
    if (near == null && far == null) {
      return NONE;
    }
    return new PodTerms(
        near == null
            ? List.of()
            : required(near.getRequiredDuringSchedulingIgnoredDuringExecution(), namespace),
        far == null
            ? List.of()
            : required(far.getRequiredDuringSchedulingIgnoredDuringExecution(), namespace),
        near == null
            ? List.of()
            : preferred(near.getPreferredDuringSchedulingIgnoredDuringExecution(), namespace),
        far == null
            ? List.of()
            : preferred(far.getPreferredDuringSchedulingIgnoredDuringExecution(), namespace));
  }

  public boolean isEmpty() {
    return near.isEmpty() && far.isEmpty() && ratherNear.isEmpty() && ratherFar.isEmpty();
  }

  /// Whether labels of namespaces matter.
  public boolean asksNamespaces() {
    return Stream.of(near, far, ratherNear, ratherFar)
        .flatMap(List::stream)
        .anyMatch(term -> term.namespaceQuery() != null);
  }

  private static List<PodTerm> required(@Nullable List<PodAffinityTerm> terms, String namespace) {
    return terms == null
        ? List.of()
        : terms.stream().map(term -> PodTerm.of(term, namespace, 0)).toList();
  }

  private static List<PodTerm> preferred(
      @Nullable List<WeightedPodAffinityTerm> terms, String namespace) {
    return terms == null
        ? List.of()
        : terms.stream()
            .map(term -> PodTerm.of(term.getPodAffinityTerm(), namespace, term.getWeight()))
            .toList();
  }
}
