package dev.troupe.resources.definition;

import dev.troupe.resources.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// A path into an object as columns have it: fields, indices, all items, and items by a comparison.
final class JsonPath {

  private static final int MAX_RESULTS = 10_000;
  private static final Pattern INDEX = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern RANGE = Pattern.compile("(-?[0-9]{1,9})?:(-?[0-9]{1,9})?");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final Pattern COMPARISON =
      Pattern.compile("\\?\\(\\s*@(\\S*?)\\s*(?:(==|!=|<=|>=|<|>)\\s*(.+?)\\s*)?\\)");

  private sealed interface Step {
    record Name(String name) implements Step {}

    record Item(int index) implements Step {}

    record Range(@Nullable Integer from, @Nullable Integer to) implements Step {}

    record All() implements Step {}

    /// @param operator empty if it is enough that the path leads to something
    record Where(JsonPath path, String operator, String literal) implements Step {}
  }

  private final List<Step> steps;

  private JsonPath(List<Step> steps) {
    this.steps = steps;
  }

  /// @return empty if it is no path that is understood
  static Optional<JsonPath> parse(String text) {
    var steps = new ArrayList<Step>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '[') {
        int end = end(text, at);
        var step = end < 0 ? Optional.<Step>empty() : bracket(text.substring(at + 1, end).strip());
        if (step.isEmpty()) {
          return Optional.empty();
        }
        steps.add(step.get());
        at = end + 1;
      } else {
        int begin = c == '.' ? at + 1 : at;
        int end = nameEnd(text, begin);
        var name = text.substring(begin, end).replace("\\", "");
        if (name.isEmpty() && !(begin == text.length() || text.charAt(begin) == '[')) {
          return Optional.empty();
        }
        if (!name.isEmpty()) {
          steps.add(name.equals("*") ? new Step.All() : new Step.Name(name));
        }
        at = Math.max(end, at + 1);
      }
    }
    return Optional.of(new JsonPath(List.copyOf(steps)));
  }

  private static int nameEnd(String text, int begin) {
    int end = begin;
    while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  /// Where the bracket closes that opens at a place.
  private static int end(String text, int begin) {
    char quote = 0;
    int depth = 0;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<Step> bracket(String inside) {
    if (inside.equals("*")) {
      return Optional.of(new Step.All());
    }
    if (INDEX.matcher(inside).matches()) {
      return Optional.of(new Step.Item(Integer.parseInt(inside)));
    }
    var range = RANGE.matcher(inside);
    if (range.matches()) {
      return Optional.of(new Step.Range(number(range.group(1)), number(range.group(2))));
    }
    var quoted = QUOTED.matcher(inside);
    if (quoted.matches()) {
      return Optional.of(
          new Step.Name(quoted.group(1) == null ? quoted.group(2) : quoted.group(1)));
    }
    var comparison = COMPARISON.matcher(inside);
    if (!comparison.matches()) {
      return Optional.empty();
    }
    var operator = comparison.group(2);
    return parse(comparison.group(1))
        .map(path ->
            new Step.Where(
                path,
                operator == null ? "" : operator,
                operator == null ? "" : comparison.group(3)));
  }

  private static @Nullable Integer number(@Nullable String text) {
    return text == null ? null : Integer.valueOf(text);
  }

  /// What the path leads to, in the order of the document.
  List<JsonNode> find(JsonNode object) {
    List<JsonNode> found = List.of(object);
    for (var step : steps) {
      var next = new ArrayList<JsonNode>();
      for (var node : found) {
        step(step, node, next);
      }
      found = next.size() > MAX_RESULTS ? next.subList(0, MAX_RESULTS) : next;
    }
    return found;
  }

  private static void step(Step step, JsonNode node, List<JsonNode> found) {
    switch (step) {
      case Step.Name(var name) -> add(node.get(name), found);
      case Step.Item(var index) ->
          add(node instanceof ArrayNode list ? list.get(place(index, list.size())) : null, found);
      case Step.Range(var from, var to) -> {
        if (node instanceof ArrayNode list) {
          int end = to == null ? list.size() : Math.min(place(to, list.size()), list.size());
          for (int i = Math.max(from == null ? 0 : place(from, list.size()), 0); i < end; i++) {
            add(list.get(i), found);
          }
        }
      }
      case Step.All _ -> node.forEach(found::add);
      case Step.Where where -> {
        if (node instanceof ArrayNode list) {
          list.forEach(item -> add(matches(where, item) ? item : null, found));
        }
      }
    }
  }

  private static int place(int index, int size) {
    return index < 0 ? size + index : index;
  }

  private static void add(@Nullable JsonNode node, List<JsonNode> found) {
    if (node != null) {
      found.add(node);
    }
  }

  private static boolean matches(Step.Where where, JsonNode item) {
    var found = where.path().find(item);
    if (found.isEmpty() || where.operator().isEmpty()) {
      return !found.isEmpty();
    }
    var value = found.getFirst();
    var quoted = QUOTED.matcher(where.literal());
    var literal =
        quoted.matches()
            ? Json.string(where.literal().substring(1, where.literal().length() - 1))
            : null;
    int compared =
        literal != null && value.isString()
            ? value.stringValue().compareTo(literal.stringValue())
            : literal == null && value.isNumber()
                ? Double.compare(value.doubleValue(), decimal(where.literal()))
                : literal == null && value.asString("").equals(where.literal()) ? 0 : 2;
    return switch (where.operator()) {
      case "==" -> compared == 0;
      case "!=" -> compared != 0;
      case "<" -> compared < 0;
      case "<=" -> compared <= 0;
      case ">" -> compared > 0;
      default -> compared >= 0;
    };
  }

  private static double decimal(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }
}
