package dev.troupe.resources.expression.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.troupe.resources.expression.cost.CostExceeded;
import dev.troupe.resources.expression.cost.CostMeter;
import dev.troupe.resources.expression.cost.CostPlan;
import java.util.Map;

/// An expression that can be evaluated.
public final class Expression {

  /// What one evaluation may cost.
  private static final long LIMIT = 1_000_000;

  private final CelRuntime.Program program;
  private final CostPlan plan;
  private final long highestCost;
  private final boolean usesOld;

  Expression(CelAbstractSyntaxTree ast, long highestCost) {
    this.program = program(ast);
    this.plan = CostPlan.of(ast);
    this.highestCost = highestCost;
    this.usesOld =
        ast.getReferenceMap().values().stream()
            .anyMatch(reference -> reference.name().equals(Scope.OLD));
  }

  private static CelRuntime.Program program(CelAbstractSyntaxTree ast) {
    try {
      return Language.runtime().createProgram(ast);
    } catch (CelEvaluationException e) {
      throw new Miswritten("program instantiation failed: " + e.getMessage());
    }
  }

  /// The most that it can cost for an object that its schema allows.
  public long highestCost() {
    return highestCost;
  }

  /// Whether it asks for what there was before.
  public boolean usesOld() {
    return usesOld;
  }

  /// @param variables what `self` is, and `oldSelf` if there is one
  public Evaluation evaluate(Map<String, Object> variables) {
    var meter = new CostMeter(plan, LIMIT);
    try {
      return new Evaluation.Value(program.trace(variables, meter), meter.cost());
    } catch (CostExceeded e) {
      return new Evaluation.Exhausted(String.valueOf(e.getMessage()), meter.cost());
    } catch (CelEvaluationException e) {
      return new Evaluation.Failed(EvaluationErrors.words(e), meter.cost());
    }
  }
}
