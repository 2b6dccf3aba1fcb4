package dev.troupe.controllers.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Labels and the selectors over them.
public final class Labels {

  private Labels() {}

  public static Map<String, String> of(HasMetadata object) {
    return orEmpty(object.getMetadata().getLabels());
  }

  public static Map<String, String> annotationsOf(HasMetadata object) {
    return orEmpty(object.getMetadata().getAnnotations());
  }

  public static Map<String, String> orEmpty(@Nullable Map<String, String> labels) {
    return labels == null ? Map.of() : labels;
  }

  /// Whether the labels satisfy the selector. An empty selector selects nothing: for the owner of
  /// objects, "everything" is never meant.
  public static boolean match(@Nullable LabelSelector selector, Map<String, String> labels) {
    if (selector == null) {
      return false;
    }
    var exact = orEmpty(selector.getMatchLabels());
    var expressions = expressions(selector);
    return !(exact.isEmpty() && expressions.isEmpty())
        && labels.entrySet().containsAll(exact.entrySet())
        && expressions.stream().allMatch(expression -> satisfies(expression, labels));
  }

  /// The labels that every selected object carries with certainty: a coarse selector, empty if the
  /// selector promises none.
  public static Map<String, String> certain(@Nullable LabelSelector selector) {
    if (selector == null) {
      return Map.of();
    }
    var certain = new HashMap<>(orEmpty(selector.getMatchLabels()));
    for (var expression : expressions(selector)) {
      if ("In".equals(expression.getOperator()) && expression.getValues().size() == 1) {
        certain.put(expression.getKey(), expression.getValues().getFirst());
      }
    }
    return Map.copyOf(certain);
  }

  private static List<LabelSelectorRequirement> expressions(LabelSelector selector) {
    var expressions = selector.getMatchExpressions();
    return expressions == null ? List.of() : expressions;
  }

  private static boolean satisfies(
      LabelSelectorRequirement expression, Map<String, String> labels) {
    var value = labels.get(expression.getKey());
    return switch (expression.getOperator()) {
      case "In" -> value != null && expression.getValues().contains(value);
      case "NotIn" -> value == null || !expression.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
