package dev.troupe.resources.expression.cost;

/// Ends an evaluation that costs too much. Expressions can overlook exceptions, but not this.
public final class CostExceeded extends Error {

  private static final long serialVersionUID = 1L;

  CostExceeded() {
    super("operation cancelled: actual cost limit exceeded", null, false, false);
  }
}
