package dev.troupe.controllers.scheduling.demand;

import dev.troupe.controllers.objects.Labels;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.List;
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

  /// A selector that asks for more: the labels of a pod itself.
  ///
  /// @param same keys of labels that are asked for as the pod has them
  /// @param different keys of labels that must not be as the pod has them
  static LabelQuery of(
      @Nullable LabelSelector selector,
      @Nullable List<String> same,
      @Nullable List<String> different,
      Map<String, String> labels) {
    if (selector == null || (isEmpty(same) && isEmpty(different))) {
      return of(selector);
    }
    var more = new LabelSelectorBuilder(selector);
    ask(more, same, "In", labels);
    ask(more, different, "NotIn", labels);
    return of(more.build());
  }

  private static boolean isEmpty(@Nullable List<String> keys) {
    return keys == null || keys.isEmpty();
  }

  private static void ask(
      LabelSelectorBuilder query,
      @Nullable List<String> keys,
      String operator,
      Map<String, String> labels) {
    for (var key : keys == null ? List.<String>of() : keys) {
      var value = labels.get(key);
      if (value != null) {
        query
            .addNewMatchExpression()
            .withKey(key)
            .withOperator(operator)
            .withValues(value)
            .endMatchExpression();
      }
    }
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
