package dev.troupe.resources.expression;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.language.Expression;
import dev.troupe.resources.expression.language.Miswritten;
import dev.troupe.resources.expression.language.Scope;
import dev.troupe.resources.expression.type.SchemaFacts;
import dev.troupe.resources.expression.type.SizeBounds;
import dev.troupe.resources.expression.type.TypedSchema;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Compiles the rules of a schema, from its leaves to its root, and says what is wrong with them.
final class RuleCompiler {

  private static final int MAX_DEPTH = 250;

  private final FieldErrors errors;
  private final RuleCosts costs = new RuleCosts();

  RuleCompiler(FieldErrors errors) {
    this.errors = errors;
  }

  RuleNode compile(ObjectNode schema, Path path) {
    var node = compile(RulePlace.of(schema, path));
    costs.checkTotal(path, errors);
    return node;
  }

  private RuleNode compile(RulePlace untyped) {
    var rules = ExpressionRule.all(untyped.schema());
    var place = rules.isEmpty() ? untyped : untyped.typedHere();
    if (place.depth() > MAX_DEPTH) {
      errors.forbidden(place.path(), "is nested too deep for x-kubernetes-validations");
      return none(place);
    }
    int before = errors.all().size();
    var schema = place.schema();
    var values = SchemaFacts.values(schema);
    var valueRules = values == null ? null : orNull(compile(place.values(values)));
    var properties = ImmutableMap.<String, RuleNode>builder();
    for (var property : SchemaFacts.properties(schema)) {
      if (property.getValue() instanceof ObjectNode child) {
        var node = compile(place.property(property.getKey(), child));
        if (!node.isEmpty()) {
          properties.put(property.getKey(), node);
        }
      }
    }
    var all = additions(place);
    var items = SchemaFacts.items(schema);
    var itemRules = items == null ? null : orNull(compile(place.items(items)));
    boolean fine = errors.all().size() == before;
    return new RuleNode(
        place.typed() == null ? null : place.typed().self(),
        SchemaFacts.type(schema),
        compiled(place, rules, fine),
        properties.buildOrThrow(),
        valueRules,
        itemRules,
        SchemaFacts.listType(schema).equals("map") ? SchemaFacts.keys(schema) : List.of(),
        all);
  }

  private static RuleNode none(RulePlace place) {
    return new RuleNode(
        null,
        SchemaFacts.type(place.schema()),
        List.of(),
        ImmutableMap.of(),
        null,
        null,
        List.of(),
        List.of());
  }

  private static @Nullable RuleNode orNull(RuleNode node) {
    return node.isEmpty() ? null : node;
  }

  /// Rules inside of `allOf`, which are about the same values.
  private List<RuleNode> additions(RulePlace place) {
    var all = new ArrayList<RuleNode>();
    var schemas = Json.objects(place.schema(), "allOf");
    for (int i = 0; i < schemas.size(); i++) {
      if (hasRules(schemas.get(i), 0)) {
        all.add(compile(place.typedHere().addition(schemas.get(i), i)));
      }
    }
    return all;
  }

  static boolean hasRules(ObjectNode schema, int depth) {
    if (Json.has(schema, ExpressionRule.FIELD)) {
      return true;
    }
    if (depth > MAX_DEPTH) {
      return false;
    }
    for (var property : SchemaFacts.properties(schema)) {
      if (property.getValue() instanceof ObjectNode child && hasRules(child, depth + 1)) {
        return true;
      }
    }
    var items = SchemaFacts.items(schema);
    var values = SchemaFacts.values(schema);
    return (items != null && hasRules(items, depth + 1))
        || (values != null && hasRules(values, depth + 1))
        || Json.objects(schema, "allOf").stream().anyMatch(one -> hasRules(one, depth + 1));
  }

  private List<CompiledRule> compiled(
      RulePlace place, List<ExpressionRule> rules, boolean fineBelow) {
    if (rules.isEmpty()) {
      return List.of();
    }
    int before = errors.all().size();
    for (int i = 0; i < rules.size(); i++) {
      RuleForms.check(rules.get(i), place.schema(), path(place, i), errors);
    }
    if (!fineBelow || errors.all().size() > before) {
      return List.of();
    }
    var typed = place.typed();
    if (typed == null) {
      errors.forbidden(
          place.path().child(ExpressionRule.FIELD),
          "there is nothing here that an expression could look at");
      return List.of();
    }
    return compiled(place, typed, rules);
  }

  private List<CompiledRule> compiled(
      RulePlace place, TypedSchema typed, List<ExpressionRule> rules) {
    var scopes = new Scopes(typed);
    var compiled = new ArrayList<CompiledRule>();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var scope = rule.optionalOld() ? scopes.optionalOld() : scopes.old();
      var expression = rule(place, rule, scope, path(place, i));
      if (expression != null) {
        var message = message(rule, scope, path(place, i));
        var fieldPath = FieldPaths.read(rule.fieldPath(), place.schema()).orElse("");
        compiled.add(new CompiledRule(rule, expression, message, fieldPath));
      }
    }
    return compiled;
  }

  /// The two worlds that expressions can be in, each made when it is needed.
  private static final class Scopes {
    private final TypedSchema typed;
    private @Nullable Scope old;
    private @Nullable Scope optionalOld;

    Scopes(TypedSchema typed) {
      this.typed = typed;
    }

    Scope old() {
      old = old == null ? Scope.of(typed.self(), typed.structs(), false) : old;
      return old;
    }

    Scope optionalOld() {
      optionalOld =
          optionalOld == null ? Scope.of(typed.self(), typed.structs(), true) : optionalOld;
      return optionalOld;
    }
  }

  private static Path path(RulePlace place, int index) {
    return place.path().child(ExpressionRule.FIELD).item(index);
  }

  private @Nullable Expression rule(RulePlace place, ExpressionRule rule, Scope scope, Path path) {
    try {
      var expression =
          scope.compile(rule.rule(), SimpleType.BOOL, "cel expression must evaluate to a bool");
      long here = SizeBounds.cardinality(Objects.requireNonNull(place.typed()).self().minSize());
      long cost = RuleCosts.times(expression.highestCost(), place.cardinality(), here);
      costs.add("rule", path.child("rule"), cost, errors);
      checkOld(place, rule, expression, path);
      return expression;
    } catch (Miswritten e) {
      errors.invalid(path.child("rule"), rule.shown(), e.words());
      return null;
    }
  }

  private void checkOld(RulePlace place, ExpressionRule rule, Expression expression, Path path) {
    if (!expression.usesOld() && rule.saysOptionalOld()) {
      errors.invalid(
          path.child("optionalOldSelf"),
          rule.optionalOld(),
          "may not be set if oldSelf is not used in rule");
    } else if (expression.usesOld() && place.unrelated() != null) {
      errors.invalid(
          path.child("rule"),
          rule.rule(),
          "oldSelf cannot be used on the uncorrelatable portion of the schema within "
              + place.unrelated());
    }
  }

  private @Nullable Expression message(ExpressionRule rule, Scope scope, Path path) {
    var text = rule.messageExpression();
    if (text.isEmpty()) {
      return null;
    }
    var at = path.child("messageExpression");
    try {
      var expression =
          scope.compile(text, SimpleType.STRING, "messageExpression must evaluate to a string");
      costs.add("messageExpression", at, expression.highestCost(), errors);
      return expression;
    } catch (Miswritten e) {
      var words =
          e.words().startsWith("compilation") ? "messageExpression " + e.words() : e.words();
      errors.invalid(at, rule.shown(), words);
      return null;
    }
  }
}
