package dev.troupe.resources.expression.cost.estimate;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.troupe.resources.expression.type.ExpressionType;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A call whose cost is to be estimated.
///
/// @param sizes how large what is at a path may be
record EstimatedCall(
    String function,
    String overload,
    @Nullable EstimatedNode target,
    List<EstimatedNode> arguments,
    Function<List<String>, @Nullable ExpressionType> sizes) {

  boolean has(int count) {
    return arguments.size() >= count;
  }

  Span size(int argument) {
    return arguments.get(argument).size();
  }

  /// The size of what comes first: the target of a member, or the first argument.
  Span first() {
    return target == null ? size(0) : target.size();
  }

  EstimatedNode receiver() {
    return Objects.requireNonNull(target);
  }

  /// The type of the items of the target, if it is a list.
  @Nullable CelType items() {
    return target != null && target.type() instanceof ListType list ? list.elemType() : null;
  }

  /// How large the items of the target may be.
  Span itemSize() {
    var path = receiver().path();
    if (path.isEmpty()) {
      return Span.UNKNOWN;
    }
    var list = sizes.apply(path);
    var item = list == null ? null : list.element();
    return item == null ? Span.UNKNOWN : new Span(0, item.maxElements());
  }

  /// A number that is written in the expression.
  long number(int argument, long otherwise) {
    var expression = arguments.get(argument).expression();
    boolean written =
        expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE
            && expression.constant().int64Value() >= 0;
    return written ? expression.constant().int64Value() : otherwise;
  }
}
