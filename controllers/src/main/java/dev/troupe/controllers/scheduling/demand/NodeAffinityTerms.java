package dev.troupe.controllers.scheduling.demand;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Which nodes a pod wants by their labels and names: its node selector and its node affinity.
public record NodeAffinityTerms(
    Map<String, String> selector,
    @Nullable List<NodeSelectorTerm> required,
    List<PreferredSchedulingTerm> preferred) {

  private static final List<NodeSelectorRequirement> NO_REQUIREMENTS = List.of();

  public static NodeAffinityTerms of(PodSpec spec) {
    var selector = Objects.requireNonNullElse(spec.getNodeSelector(), Map.<String, String>of());
    var affinity = spec.getAffinity() == null ? null : spec.getAffinity().getNodeAffinity();
    if (affinity == null) {
      return new NodeAffinityTerms(selector, null, List.of());
    }
    var required = affinity.getRequiredDuringSchedulingIgnoredDuringExecution();
    var preferred = affinity.getPreferredDuringSchedulingIgnoredDuringExecution();
    return new NodeAffinityTerms(
        selector,
        required == null ? null : required.getNodeSelectorTerms(),
        Objects.requireNonNullElse(preferred, List.of()));
  }

  /// @param name of the node whose labels these are
  public boolean admits(String name, Map<String, String> node) {
    return (selector.isEmpty() || node.entrySet().containsAll(selector.entrySet()))
        && (required == null || required.stream().anyMatch(term -> matches(term, name, node)));
  }

  /// The weights of the preferred terms that the node satisfies.
  public int preference(String name, Map<String, String> node) {
    return preferred.stream()
        .filter(term -> matches(term.getPreference(), name, node))
        .mapToInt(PreferredSchedulingTerm::getWeight)
        .sum();
  }

  private static boolean matches(NodeSelectorTerm term, String name, Map<String, String> node) {
    var labels = Objects.requireNonNullElse(term.getMatchExpressions(), NO_REQUIREMENTS);
    var fields = Objects.requireNonNullElse(term.getMatchFields(), NO_REQUIREMENTS);
    return !(labels.isEmpty() && fields.isEmpty())
        && labels.stream().allMatch(r -> satisfies(r, node.get(r.getKey())))
        && fields.stream().allMatch(r -> r.getKey().equals("metadata.name") && satisfies(r, name));
  }

  private static boolean satisfies(NodeSelectorRequirement requirement, @Nullable String value) {
    var values = Objects.requireNonNullElse(requirement.getValues(), List.<String>of());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> compare(value, values) > 0;
      case "Lt" -> compare(value, values) < 0;
      default -> false;
    };
  }

  /// Zero if either is not a number.
  private static int compare(@Nullable String value, List<String> values) {
    var left = number(value);
    var right = values.size() == 1 ? number(values.getFirst()) : OptionalLong.empty();
    return left.isPresent() && right.isPresent()
        ? Long.compare(left.getAsLong(), right.getAsLong())
        : 0;
  }

  private static OptionalLong number(@Nullable String text) {
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
