package dev.troupe.resources.expression.cost.estimate;

import org.jspecify.annotations.Nullable;

/// What a call costs beside its arguments.
///
/// @param resultSize how large its result is, if that is known
record CallEstimate(Span cost, @Nullable Span resultSize) {

  static CallEstimate of(Span cost) {
    return new CallEstimate(cost, null);
  }

  static final CallEstimate ONE = of(Span.ONE);
}
