package dev.troupe.resources.expression.cost.estimate;

import dev.troupe.resources.expression.cost.Factors;

/// What calls of the functions of the language itself cost at most.
final class StandardEstimates {

  private StandardEstimates() {}

  static CallEstimate of(EstimatedCall call) {
    return switch (call.overload()) {
      case "string_format" -> CallEstimate.of(call.first().times(Factors.TEXT));
      case "string_to_bytes" -> resized(call.size(0), 1, 4, 0);
      case "bytes_to_string" -> shrunk(call.size(0));
      case "strings_quote" -> resized(call.size(0), 1, 2, 2);
      case "starts_with_string", "ends_with_string" ->
          CallEstimate.of(call.size(0).times(Factors.TEXT));
      case "in_list" -> CallEstimate.of(call.size(1));
      case "matches_string" -> call.target() == null ? CallEstimate.ONE : matched(call);
      case "contains_string" ->
          CallEstimate.of(call.first().times(Factors.TEXT).times(call.size(0).times(Factors.TEXT)));
      case "add_list" -> new CallEstimate(Span.ONE, call.size(0).plus(call.size(1)));
      case "add_string", "add_bytes" -> added(call);
      case "less_string",
          "greater_string",
          "less_equals_string",
          "greater_equals_string",
          "less_bytes",
          "greater_bytes",
          "less_equals_bytes",
          "greater_equals_bytes",
          "equals",
          "not_equals" ->
          compared(call.size(0), call.size(1));
      default -> CallEstimate.ONE;
    };
  }

  private static CallEstimate resized(Span size, long least, long most, long more) {
    var result =
        new Span(
            Span.sum(Span.product(size.min(), least), more),
            Span.sum(Span.product(size.max(), most), more));
    return new CallEstimate(size.times(Factors.TEXT), result);
  }

  private static CallEstimate shrunk(Span size) {
    return new CallEstimate(size.times(Factors.TEXT), new Span(size.min() / 4, size.max()));
  }

  private static CallEstimate matched(EstimatedCall call) {
    var text = call.first().plus(Span.ONE).times(Factors.TEXT);
    return CallEstimate.of(text.times(call.size(0).times(Factors.PATTERN)));
  }

  private static CallEstimate added(EstimatedCall call) {
    var size = call.size(0).plus(call.size(1));
    return new CallEstimate(size.times(Factors.TEXT), size);
  }

  private static CallEstimate compared(Span left, Span right) {
    long most = Math.min(left.max(), right.max());
    return CallEstimate.of(new Span(most > 0 ? 1 : 0, most).times(Factors.TEXT));
  }
}
