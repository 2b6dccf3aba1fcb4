package dev.troupe.resources.expression;

import dev.troupe.resources.expression.language.Expression;
import org.jspecify.annotations.Nullable;

/// A rule that can be asked.
///
/// @param message what says why the rule is not kept, if that is an expression as well
/// @param fieldPath which field the complaint is about; empty for what the rule is about
record CompiledRule(
    ExpressionRule rule, Expression expression, @Nullable Expression message, String fieldPath) {}
