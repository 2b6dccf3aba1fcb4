package dev.troupe.controllers.scheduling.demand;

import dev.troupe.controllers.objects.Labels;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which labels are meant. None are where no selector is given; an empty one means all.
///
/// @param exact labels that must be there
/// @param others what else is asked of the labels; null if nothing
/// @param none whether no labels are meant
public record LabelQuery(Map<String, String> exact, @Nullable LabelSelector others, boolean none) {

  static LabelQuery of(@Nullable LabelSelector selector) {
    if (selector == null) {
      return new LabelQuery(Map.of(), null, true);
    }
    var expressions = selector.getMatchExpressions();
    boolean isPlain = expressions == null || expressions.isEmpty();
    return new LabelQuery(
        Labels.orEmpty(selector.getMatchLabels()), isPlain ? null : selector, false);
  }

  public boolean matches(Map<String, String> labels) {
    if (none) {
      return false;
    }
    for (var label : exact.entrySet()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    return others == null || Labels.match(others, labels);
  }
}
