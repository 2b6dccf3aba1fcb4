package dev.troupe.resources.expression.cost.estimate;

import dev.cel.common.types.CelKind;
import dev.troupe.resources.expression.cost.Factors;
import org.jspecify.annotations.Nullable;

/// What calls cost at most that make lists of lists, or hold one against another.
final class ListEstimates {

  private ListEstimates() {}

  /// Null if the call is none of them.
  static @Nullable CallEstimate of(EstimatedCall call) {
    return switch (call.function()) {
      case "sets.contains", "sets.intersects" -> compared(call, 1);
      case "sets.equivalent" -> compared(call, 2);
      case "slice" -> call.has(2) ? slice(call) : null;
      case "flatten" -> flattened(call);
      case "lists.range" ->
          call.has(1) ? allocated(Span.of(call.number(0, Long.MAX_VALUE)), 1) : null;
      case "reverse" -> call.items() == null ? null : allocated(call.first(), 1);
      case "distinct" -> allocated(call.first().times(call.first()), 2);
      case "sort" -> sorted(call);
      case "lists.@sortByAssociatedKeys" ->
          call.has(1) ? allocated(call.size(0).times(call.size(0)), 2.1) : null;
      default -> null;
    };
  }

  private static @Nullable CallEstimate compared(EstimatedCall call, double factor) {
    return call.has(2)
        ? CallEstimate.of(call.size(0).times(call.size(1)).times(factor).plus(Span.ONE))
        : null;
  }

  private static CallEstimate slice(EstimatedCall call) {
    long end = call.number(1, call.first().max());
    return allocated(Span.of(Math.max(end - call.number(0, 0), 0)), 1);
  }

  private static CallEstimate flattened(EstimatedCall call) {
    long depth = call.has(1) ? call.number(0, Long.MAX_VALUE) : 1;
    return allocated(call.first(), (double) depth);
  }

  private static CallEstimate sorted(EstimatedCall call) {
    var items = call.items();
    boolean texts =
        items != null && (items.kind() == CelKind.STRING || items.kind() == CelKind.BYTES);
    return allocated(call.first().times(call.first()), texts ? 2 + Factors.TEXT : 2);
  }

  private static CallEstimate allocated(Span size, double factor) {
    return new CallEstimate(size.times(factor).plus(Span.ONE).plus(Span.of(Factors.LIST)), size);
  }
}
