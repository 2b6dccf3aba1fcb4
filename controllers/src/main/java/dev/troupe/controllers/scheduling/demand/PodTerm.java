package dev.troupe.controllers.scheduling.demand;

import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pods that another pod wants in its own place, or not there.
///
/// @param namespaces by name, beside those that `namespaceQuery` means
/// @param topologyKey the label whose value is the place of a node
/// @param weight how much it matters, if it may be otherwise
public record PodTerm(
    LabelQuery pods,
    Set<String> namespaces,
    @Nullable LabelQuery namespaceQuery,
    String topologyKey,
    int weight) {

  /// @param namespace of the pod whose term it is; meant where no other is named
  static PodTerm of(PodAffinityTerm term, String namespace, int weight) {
    var names = term.getNamespaces();
    var query = term.getNamespaceSelector();
    boolean isOpen = (names == null || names.isEmpty()) && query == null;
    return new PodTerm(
        LabelQuery.of(term.getLabelSelector()),
        isOpen ? Set.of(namespace) : names == null ? Set.of() : Set.copyOf(names),
        query == null ? null : LabelQuery.of(query),
        term.getTopologyKey(),
        weight);
  }

  /// @param labels those of a namespace
  public boolean means(Likeness pod, Function<String, Map<String, String>> labels) {
    return pods.matches(pod.labels())
        && (namespaces.contains(pod.namespace())
            || (namespaceQuery != null && namespaceQuery.matches(labels.apply(pod.namespace()))));
  }
}
