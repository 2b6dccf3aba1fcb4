package dev.troupe.resources.expression.cost;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import org.jspecify.annotations.Nullable;

/// Adds up what one evaluation costs, and ends it when that is too much. Not thread-safe.
public final class CostMeter implements CelEvaluationListener {

  private final CostPlan plan;
  private final @Nullable Object[] values;
  private final long limit;
  private long cost;

  public CostMeter(CostPlan plan, long limit) {
    this.plan = plan;
    this.values = new Object[plan.steps()];
    this.limit = limit;
  }

  public long cost() {
    return cost;
  }

  /// @throws CostExceeded beyond the limit
  @Override
  public void callback(CelExpr expression, Object value) {
    int step = (int) expression.id();
    values[step] = value;
    long charged = plan.fixed(step) + MeteredCosts.touched(value);
    var call = plan.call(step);
    if (call != null) {
      charged += MeteredCosts.of(call, values);
    }
    cost += Math.min(charged, limit + 1);
    if (cost > limit) {
      throw new CostExceeded();
    }
  }
}
