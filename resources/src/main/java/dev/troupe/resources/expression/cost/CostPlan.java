package dev.troupe.resources.expression.cost;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be charged after which step of an evaluation.
public final class CostPlan {

  /// A call that is charged before it is carried out, when its last argument is known.
  ///
  /// @param values the steps whose values its target and arguments are
  record Charge(String function, String overload, int[] values) {}

  private final long[] fixed;
  private final @Nullable Charge[] calls;

  private CostPlan(int steps) {
    this.fixed = new long[steps];
    this.calls = new Charge[steps];
  }

  public static CostPlan of(CelAbstractSyntaxTree ast) {
    var plan = new CostPlan(largestStep(ast.getExpr()) + 1);
    plan.add(ast, ast.getExpr());
    return plan;
  }

  int steps() {
    return fixed.length;
  }

  long fixed(int step) {
    return fixed[step];
  }

  @Nullable Charge call(int step) {
    return calls[step];
  }

  private static int largestStep(CelExpr expression) {
    int largest = Math.toIntExact(expression.id());
    for (var child : children(expression)) {
      largest = Math.max(largest, largestStep(child));
    }
    return largest;
  }

  private void add(CelAbstractSyntaxTree ast, CelExpr expression) {
    int step = Math.toIntExact(expression.id());
    switch (expression.getKind()) {
      case IDENT -> fixed[step] = isType(ast, expression) ? 0 : 1;
      case SELECT -> fixed[step] = expression.select().testOnly() ? 0 : 1;
      case LIST -> fixed[step] = isConstant(expression) ? 0 : Factors.LIST;
      case MAP -> fixed[step] = isConstant(expression) ? 0 : Factors.MAP;
      case STRUCT -> fixed[step] = Factors.STRUCT;
      case CALL -> call(ast, expression, step);
      case CONSTANT, COMPREHENSION, NOT_SET -> {}
    }
    for (var child : children(expression)) {
      add(ast, child);
    }
  }

  private static boolean isType(CelAbstractSyntaxTree ast, CelExpr expression) {
    return ast.getType(expression.id()).filter(type -> type.kind() == CelKind.TYPE).isPresent();
  }

  private static boolean isConstant(CelExpr expression) {
    return expression.getKind() == Kind.CONSTANT
        || (expression.getKind() != Kind.IDENT
            && expression.getKind() != Kind.CALL
            && expression.getKind() != Kind.SELECT
            && expression.getKind() != Kind.COMPREHENSION
            && children(expression).stream().allMatch(CostPlan::isConstant));
  }

  private void call(CelAbstractSyntaxTree ast, CelExpr expression, int step) {
    var overloads = ast.getReference(expression.id());
    var first = overloads.isEmpty() ? "" : overloads.get().overloadIds().getFirst();
    switch (first) {
      case "logical_and", "logical_or", "conditional", "" -> {}
      default -> {
        var call = expression.call();
        var parts = new ArrayList<CelExpr>();
        call.target().ifPresent(parts::add);
        parts.addAll(call.args());
        if (MeteredCosts.isMeasured(call.function()) && !parts.isEmpty()) {
          int[] values = parts.stream().mapToInt(part -> Math.toIntExact(part.id())).toArray();
          calls[values[values.length - 1]] = new Charge(call.function(), first, values);
        } else {
          fixed[step] = 1;
        }
      }
    }
  }

  private static List<CelExpr> children(CelExpr expression) {
    return switch (expression.getKind()) {
      case SELECT -> List.of(expression.select().operand());
      case CALL -> {
        var children = new ArrayList<CelExpr>(expression.call().args());
        expression.call().target().ifPresent(children::add);
        yield children;
      }
      case LIST -> expression.list().elements();
      case MAP ->
          expression.map().entries().stream()
              .flatMap(entry -> List.of(entry.key(), entry.value()).stream())
              .toList();
      case STRUCT -> expression.struct().entries().stream().map(entry -> entry.value()).toList();
      case COMPREHENSION -> {
        var fold = expression.comprehension();
        yield Arrays.asList(
            fold.iterRange(),
            fold.accuInit(),
            fold.loopCondition(),
            fold.loopStep(),
            fold.result());
      }
      case CONSTANT, IDENT, NOT_SET -> List.of();
    };
  }
}
