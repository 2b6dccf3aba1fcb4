package dev.troupe.resources.expression;

import dev.cel.common.values.NullValue;
import dev.troupe.resources.expression.language.Evaluation;
import dev.troupe.resources.expression.language.Expression;
import dev.troupe.resources.expression.language.Scope;
import dev.troupe.resources.expression.type.ExpressionType;
import dev.troupe.resources.expression.value.JsonValues;
import dev.troupe.resources.expression.value.WrongValue;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks all rules about one object, as long as its budget lasts.
final class RuleEvaluation {

  private static final long BUDGET = 10_000_000;
  private static final int LONGEST_MESSAGE = 5 * 1024;
  private static final String OUT_OF_BUDGET =
      "validation failed due to running out of cost budget, no further validation rules will be"
          + " run";

  private final FieldErrors errors;
  private long budget = BUDGET;
  private boolean stopped;

  RuleEvaluation(FieldErrors errors) {
    this.errors = errors;
  }

  void check(RuleNode root, ObjectNode object, @Nullable ObjectNode old) {
    visit(root, Path.ROOT, object, old, Ratchet.root(object, old));
  }

  private void visit(
      RuleNode node, Path path, JsonNode value, @Nullable JsonNode old, Ratchet ratchet) {
    if (value.isNull() || stopped) {
      return;
    }
    var before = old == null || old.isNull() ? null : old;
    rules(node, path, value, before, ratchet);
    for (var addition : node.all()) {
      visit(addition, path, value, before, ratchet.ofParent());
    }
    switch (value) {
      case ObjectNode object -> fields(node, path, object, before, ratchet);
      case ArrayNode array -> items(node, path, array, before, ratchet);
      default -> {}
    }
  }

  private void fields(
      RuleNode node, Path path, ObjectNode object, @Nullable JsonNode old, Ratchet ratchet) {
    if (node.values() == null && node.properties().isEmpty()) {
      return;
    }
    for (var field : object.properties()) {
      var name = field.getKey();
      var before = old instanceof ObjectNode map ? map.get(name) : null;
      var property = node.properties().get(name);
      if (property != null) {
        visit(property, path.child(name), field.getValue(), before, ratchet.field(name, before));
      } else if (node.values() != null) {
        visit(node.values(), path.key(name), field.getValue(), before, ratchet.field(name, before));
      }
    }
  }

  private void items(
      RuleNode node, Path path, ArrayNode array, @Nullable JsonNode old, Ratchet ratchet) {
    if (node.items() == null) {
      return;
    }
    var known = KeyedItems.of(node.keys(), old);
    for (int i = 0; i < array.size(); i++) {
      var item = array.get(i);
      var before = known.get(item);
      visit(node.items(), path.item(i), item, before, ratchet.item(item, before));
    }
  }

  private void rules(
      RuleNode node, Path path, JsonNode value, @Nullable JsonNode old, Ratchet ratchet) {
    var type = node.type();
    for (var rule : node.rules()) {
      if (stopped || type == null) {
        return;
      }
      if (budget <= 0) {
        stop(path, node, OUT_OF_BUDGET);
      } else if (!rule.expression().usesOld() || old != null || rule.rule().optionalOld()) {
        rule(node, rule, path, value, variables(rule, type, value, old), ratchet);
      }
    }
  }

  private static Map<String, Object> variables(
      CompiledRule rule, ExpressionType type, JsonNode value, @Nullable JsonNode old) {
    var variables = new HashMap<String, Object>();
    variables.put(Scope.SELF, lenient(value, type));
    if (rule.rule().optionalOld()) {
      variables.put(Scope.OLD, Optional.ofNullable(old == null ? null : lenient(old, type)));
    } else if (old != null) {
      variables.put(Scope.OLD, lenient(old, type));
    }
    return variables;
  }

  /// An object before may be one that its schema does not allow any more.
  private static Object lenient(JsonNode json, ExpressionType type) {
    try {
      return JsonValues.of(json, type);
    } catch (WrongValue _) {
      return NullValue.NULL_VALUE;
    }
  }

  private void rule(
      RuleNode node,
      CompiledRule rule,
      Path path,
      JsonNode value,
      Map<String, Object> variables,
      Ratchet ratchet) {
    var result = rule.expression().evaluate(variables);
    if (result.cost() > budget) {
      stop(path, node, OUT_OF_BUDGET);
      return;
    }
    budget -= result.cost();
    var words = rule.rule().words();
    switch (result) {
      case Evaluation.Value(Boolean kept, _) when kept -> {}
      case Evaluation.Value _ -> broken(node, rule, path, value, variables, ratchet);
      case Evaluation.Exhausted(var why, _) ->
          stop(
              path,
              node,
              "'"
                  + why
                  + "': no further validation rules will be run due to call cost exceeds limit for"
                  + " rule: "
                  + words);
      case Evaluation.Failed(var why, _) ->
          errors.invalid(
              path,
              node.schemaType(),
              why.startsWith("no such overload")
                  ? "'"
                      + why
                      + "': call arguments did not match a supported operator, function or macro"
                      + " signature for rule: "
                      + words
                  : why + " evaluating rule: " + words);
    }
  }

  private void stop(Path path, RuleNode node, String words) {
    stopped = true;
    errors.invalid(path, node.schemaType(), words);
  }

  private void broken(
      RuleNode node,
      CompiledRule rule,
      Path path,
      JsonNode value,
      Map<String, Object> variables,
      Ratchet ratchet) {
    if (!rule.expression().usesOld() && ratchet.isSame()) {
      return;
    }
    var place = rule.fieldPath().isEmpty() ? path : path.child(rule.fieldPath());
    var said =
        rule.message() == null ? null : message(node, place, rule, rule.message(), variables);
    if (stopped) {
      return;
    }
    var words = said == null ? plainMessage(rule) : said;
    Object shown = value.isContainer() ? new Omitted() : value;
    switch (rule.rule().reason()) {
      case "FieldValueForbidden" -> errors.forbidden(place, words);
      case "FieldValueRequired" -> errors.required(place, words);
      case "FieldValueDuplicate" -> errors.duplicate(place, shown);
      default -> errors.invalid(place, shown, words);
    }
  }

  private static String plainMessage(CompiledRule rule) {
    var message = rule.rule().message();
    return message.isEmpty() ? "failed rule: " + rule.rule().words() : message.strip();
  }

  /// A value that is too large to be told.
  private record Omitted() {
    @Override
    public String toString() {
      return "";
    }
  }

  /// What an expression says about it; null if it says nothing useful.
  private @Nullable String message(
      RuleNode node,
      Path path,
      CompiledRule rule,
      Expression expression,
      Map<String, Object> variables) {
    var result = expression.evaluate(variables);
    if (result.cost() > budget) {
      stop(
          path,
          node,
          "messageExpression evaluation failed due to running out of cost budget, no further"
              + " validation rules will be run");
      return null;
    }
    budget -= result.cost();
    return switch (result) {
      case Evaluation.Value(String text, _) when isUseful(text.strip()) -> text.strip();
      case Evaluation.Value _, Evaluation.Failed _ -> null;
      case Evaluation.Exhausted _ -> {
        stop(
            path,
            node,
            "no further validation rules will be run due to call cost exceeds limit for"
                + " messageExpression: "
                + FieldErrors.quoted(rule.rule().messageExpression()));
        yield null;
      }
    };
  }

  private static boolean isUseful(String text) {
    return !text.isEmpty() && text.length() <= LONGEST_MESSAGE && text.indexOf('\n') < 0;
  }
}
