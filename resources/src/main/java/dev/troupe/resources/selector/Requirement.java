package dev.troupe.resources.selector;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One condition on labels.
public record Requirement(String key, Operator operator, SortedSet<String> values) {

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,19}");

  public enum Operator {
    IN("in"),
    NOT_IN("notin"),
    EQUALS("="),
    NOT_EQUALS("!="),
    EXISTS("exists"),
    DOES_NOT_EXIST("!"),
    GREATER_THAN(">"),
    LESS_THAN("<");

    private final String text;

    Operator(String text) {
      this.text = text;
    }
  }

  /// @throws InvalidSelectorException if the key, a value or their number is wrong
  public Requirement {
    values = new TreeSet<>(values);
    LabelSyntax.requireKey("key", key);
    requireCount(operator, values);
    int index = 0;
    for (var value : values) {
      LabelSyntax.requireValue("values[" + index++ + "][" + key + "]", value);
    }
  }

  private static void requireCount(Operator operator, SortedSet<String> values) {
    var problem =
        switch (operator) {
          case IN, NOT_IN ->
              values.isEmpty() ? "for 'in', 'notin' operators, values set can't be empty" : "";
          case EQUALS, NOT_EQUALS ->
              values.size() == 1 ? "" : "exact-match compatibility requires one single value";
          case EXISTS, DOES_NOT_EXIST ->
              values.isEmpty() ? "" : "values set must be empty for exists and does not exist";
          case GREATER_THAN, LESS_THAN ->
              values.size() == 1 ? "" : "for 'Gt', 'Lt' operators, exactly one value is required";
        };
    if (!problem.isEmpty()) {
      throw new InvalidSelectorException(
          "values: Invalid value: " + LabelSyntax.quoted(values) + ": " + problem);
    }
    if (isComparison(operator) && !isNumber(values.first())) {
      throw new InvalidSelectorException(
          "values[0]: Invalid value: \""
              + values.first()
              + "\": for 'Gt', 'Lt' operators, the value must be an integer");
    }
  }

  private static boolean isComparison(Operator operator) {
    return operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN;
  }

  private static boolean isNumber(String text) {
    if (!INTEGER.matcher(text).matches()) {
      return false;
    }
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  public boolean matches(Map<String, String> labels) {
    var value = labels.get(key);
    return switch (operator) {
      case IN, EQUALS -> value != null && values.contains(value);
      case NOT_IN, NOT_EQUALS -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GREATER_THAN -> value != null && compare(value) > 0;
      case LESS_THAN -> value != null && compare(value) < 0;
    };
  }

  /// Zero, which is neither less nor greater, if the label is no number.
  private int compare(String value) {
    return isNumber(value)
        ? Long.compare(Long.parseLong(value), Long.parseLong(values.first()))
        : 0;
  }

  @Override
  public String toString() {
    return switch (operator) {
      case IN, NOT_IN -> key + " " + operator.text + " (" + String.join(",", values) + ")";
      case EXISTS -> key;
      case DOES_NOT_EXIST -> "!" + key;
      case EQUALS, NOT_EQUALS, GREATER_THAN, LESS_THAN -> key + operator.text + values.first();
    };
  }
}
