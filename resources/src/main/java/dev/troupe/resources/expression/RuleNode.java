package dev.troupe.resources.expression;

import dev.troupe.resources.expression.type.ExpressionType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules at one place of a schema, and those below it. Immutable.
///
/// @param schemaType what the schema calls the type of values, such as `object`
/// @param keys by which items are the same as before; none if they cannot be told
/// @param all rules that hold in addition
record RuleNode(
    @Nullable ExpressionType type,
    String schemaType,
    List<CompiledRule> rules,
    Map<String, RuleNode> properties,
    @Nullable RuleNode values,
    @Nullable RuleNode items,
    List<String> keys,
    List<RuleNode> all) {

  boolean isEmpty() {
    return rules.isEmpty()
        && properties.isEmpty()
        && values == null
        && items == null
        && all.isEmpty();
  }
}
