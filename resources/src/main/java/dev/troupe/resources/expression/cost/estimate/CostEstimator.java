package dev.troupe.resources.expression.cost.estimate;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.troupe.resources.expression.cost.Factors;
import dev.troupe.resources.expression.type.ExpressionType;
import java.util.ArrayList;
import java.util.List;

/// Estimates what an expression costs at most, from the bounds that a schema gives to sizes.
public final class CostEstimator {

  private final CelAbstractSyntaxTree ast;
  private final SizeKnowledge sizes;

  private CostEstimator(CelAbstractSyntaxTree ast, ExpressionType self) {
    this.ast = ast;
    this.sizes = new SizeKnowledge(ast, self);
  }

  /// The largest cost; the largest number there is if it is unbounded.
  public static long estimate(CelAbstractSyntaxTree ast, ExpressionType self) {
    return new CostEstimator(ast, self).cost(ast.getExpr()).max();
  }

  private Span cost(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT, NOT_SET -> Span.ZERO;
      case IDENT -> {
        sizes.nameIdentifier(expression);
        yield Span.ONE;
      }
      case SELECT -> select(expression);
      case CALL -> call(expression);
      case LIST -> list(expression);
      case MAP -> map(expression);
      case STRUCT -> struct(expression);
      case COMPREHENSION ->
          isBinding(expression.comprehension()) ? binding(expression) : comprehension(expression);
    };
  }

  private Span select(CelExpr expression) {
    var select = expression.select();
    var operand = cost(select.operand());
    if (select.testOnly()) {
      return operand;
    }
    sizes.extend(expression, select.operand(), select.field());
    var kind = sizes.type(select.operand()).kind();
    boolean counts = kind == CelKind.MAP || kind == CelKind.STRUCT || kind == CelKind.TYPE_PARAM;
    return counts ? operand.plus(Span.ONE) : operand;
  }

  private Span call(CelExpr expression) {
    var call = expression.call();
    if (call.function().equals("dyn")) {
      var argument = call.args().getFirst();
      var cost = cost(argument).plus(Span.ONE);
      sizes.copy(expression, argument);
      return cost;
    }
    var costs = new ArrayList<Span>();
    var nodes = new ArrayList<EstimatedNode>();
    for (var argument : call.args()) {
      costs.add(cost(argument));
      nodes.add(sizes.node(argument));
    }
    var overloads = ast.getReference(expression.id());
    if (overloads.isEmpty()) {
      return Span.ZERO;
    }
    var target = call.target().map(this::cost).orElse(Span.ZERO);
    var receiver = call.target().map(sizes::node).orElse(null);
    var cost = Span.NONE;
    for (var overload : overloads.get().overloadIds()) {
      var estimated = new EstimatedCall(call.function(), overload, receiver, nodes, sizes::at);
      var estimate = overload(expression, estimated, costs);
      cost = cost.join(estimate.cost());
      sizes.setResult(expression, overload, estimate.resultSize());
    }
    return target.plus(cost);
  }

  private CallEstimate overload(CelExpr expression, EstimatedCall call, List<Span> costs) {
    var arguments = costs.stream().reduce(Span.ZERO, Span::plus);
    return switch (call.overload()) {
      case "logical_and", "logical_or" ->
          CallEstimate.of(new Span(costs.getFirst().min(), arguments.max()));
      case "conditional" -> {
        var branches = costs.get(1).join(costs.get(2));
        sizes.joinEntries(expression, call.arguments().get(1), call.arguments().get(2));
        yield new CallEstimate(costs.getFirst().plus(branches), call.size(1).join(call.size(2)));
      }
      default -> {
        if (call.overload().startsWith("add_") && call.has(2)) {
          sizes.joinEntries(expression, call.arguments().get(0), call.arguments().get(1));
        }
        var estimate = estimate(call);
        yield new CallEstimate(estimate.cost().plus(arguments), estimate.resultSize());
      }
    };
  }

  private static CallEstimate estimate(EstimatedCall call) {
    var lists = ListEstimates.of(call);
    var own = lists == null ? KubernetesEstimates.of(call) : lists;
    return own == null ? StandardEstimates.of(call) : own;
  }

  private Span list(CelExpr expression) {
    var elements = expression.list().elements();
    var sum = Span.of(Factors.LIST);
    var size = elements.isEmpty() ? Span.ZERO : Span.NONE;
    for (var element : elements) {
      sum = sum.plus(cost(element));
      size = size.join(sizes.sizeOrUnknown(element));
    }
    sizes.setEntries(expression, new EntrySizes(true, Span.ONE, size));
    return sum;
  }

  private Span map(CelExpr expression) {
    var entries = expression.map().entries();
    var sum = Span.of(Factors.MAP);
    var keys = entries.isEmpty() ? Span.ZERO : Span.NONE;
    var values = keys;
    for (var entry : entries) {
      sum = sum.plus(cost(entry.key())).plus(cost(entry.value()));
      keys = keys.join(sizes.sizeOrUnknown(entry.key()));
      values = values.join(sizes.sizeOrUnknown(entry.value()));
    }
    sizes.setEntries(expression, new EntrySizes(false, keys, values));
    return sum;
  }

  private Span struct(CelExpr expression) {
    return expression.struct().entries().stream()
        .map(entry -> cost(entry.value()))
        .reduce(Span.of(Factors.STRUCT), Span::plus);
  }

  private Span comprehension(CelExpr expression) {
    var fold = expression.comprehension();
    var sum = cost(fold.iterRange()).plus(cost(fold.accuInit()));
    sizes.bind(fold.accuVar(), fold.accuInit());
    boolean two = !fold.iterVar2().isEmpty();
    if (two) {
      sizes.iterateKeys(fold.iterVar(), fold.iterRange());
      sizes.iterateValues(fold.iterVar2(), fold.iterRange());
    } else {
      sizes.iterate(fold.iterVar(), fold.iterRange());
    }
    var loop = cost(fold.loopCondition());
    var step = cost(fold.loopStep());
    sizes.release(fold.iterVar());
    if (two) {
      sizes.release(fold.iterVar2());
    }
    sum = sum.plus(cost(fold.result()));
    sizes.release(fold.accuVar());
    var count = sizes.sizeOrUnknown(fold.iterRange());
    sizes.setComprehension(expression, fold, count);
    return sum.plus(count.times(step.plus(loop)));
  }

  private static boolean isBinding(CelComprehension fold) {
    return fold.iterRange().getKind() == Kind.LIST
        && fold.iterRange().list().elements().isEmpty()
        && fold.loopCondition().getKind() == Kind.CONSTANT
        && fold.loopCondition().constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
        && !fold.loopCondition().constant().booleanValue()
        && !SizeKnowledge.isAccumulator(fold.accuVar());
  }

  private Span binding(CelExpr expression) {
    var fold = expression.comprehension();
    var sum = cost(fold.iterRange()).plus(cost(fold.accuInit()));
    sizes.bind(fold.accuVar(), fold.accuInit());
    sum = sum.plus(cost(fold.result()));
    sizes.release(fold.accuVar());
    sizes.copy(expression, fold.result());
    return sum;
  }
}
