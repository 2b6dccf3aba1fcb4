package dev.troupe.resources.selector;

import dev.troupe.resources.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A condition on labels: every one of its requirements. Without any it matches everything.
public final class LabelSelector {

  public static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);
  public static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

  private final List<Requirement> requirements;
  private final boolean matchesNothing;

  private LabelSelector(List<Requirement> requirements, boolean matchesNothing) {
    this.requirements =
        requirements.stream().sorted(Comparator.comparing(Requirement::key)).toList();
    this.matchesNothing = matchesNothing;
  }

  public static LabelSelector of(List<Requirement> requirements) {
    return requirements.isEmpty() ? EVERYTHING : new LabelSelector(requirements, false);
  }

  /// Reads a selector as it stands in a request, such as `app=web,tier in (a, b),!old`.
  ///
  /// @throws InvalidSelectorException with Kubernetes' words
  public static LabelSelector parse(String text) {
    return text.isEmpty() ? EVERYTHING : of(new LabelSelectorParser(text).requirements());
  }

  /// Reads a `LabelSelector` of `meta/v1`. Null selects nothing, the empty object everything.
  ///
  /// @throws InvalidSelectorException with Kubernetes' words
  public static LabelSelector from(@Nullable JsonNode object) {
    if (object == null || object.isNull() || object.isMissingNode()) {
      return NOTHING;
    }
    var requirements = new ArrayList<Requirement>();
    for (var label : object.path("matchLabels").properties()) {
      requirements.add(
          requirement(label.getKey(), Operator.EQUALS, List.of(label.getValue().asString(""))));
    }
    for (var expression : object.path("matchExpressions")) {
      var values =
          expression.path("values").valueStream().map(value -> value.asString("")).toList();
      requirements.add(
          requirement(
              expression.path("key").asString(""),
              operator(expression.path("operator").asString("")),
              values));
    }
    return of(requirements);
  }

  private static Requirement requirement(String key, Operator operator, List<String> values) {
    return new Requirement(key, operator, new TreeSet<>(values));
  }

  private static Operator operator(String text) {
    return switch (text) {
      case "In" -> Operator.IN;
      case "NotIn" -> Operator.NOT_IN;
      case "Exists" -> Operator.EXISTS;
      case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
      default ->
          throw new InvalidSelectorException(
              "\"" + text + "\" is not a valid label selector operator");
    };
  }

  public boolean isEverything() {
    return requirements.isEmpty() && !matchesNothing;
  }

  public List<Requirement> requirements() {
    return requirements;
  }

  public boolean matches(Map<String, String> labels) {
    for (var requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return !matchesNothing;
  }

  /// As kubectl and `status.selector` of a scale write it.
  @Override
  public String toString() {
    return matchesNothing
        ? ""
        : requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }
}
