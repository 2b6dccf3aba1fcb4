package dev.troupe.resources.expression.cost.estimate;

/// From how much to how much a size or a cost may be. What is beyond all numbers is the largest.
record Span(long min, long max) {

  static final Span UNKNOWN = new Span(0, Long.MAX_VALUE);
  static final Span ZERO = new Span(0, 0);
  static final Span ONE = new Span(1, 1);

  /// What takes up nothing until something is joined with it.
  static final Span NONE = new Span(Long.MAX_VALUE, 0);

  static Span of(long value) {
    return new Span(value, value);
  }

  Span plus(Span other) {
    return new Span(sum(min, other.min), sum(max, other.max));
  }

  Span times(Span other) {
    return new Span(product(min, other.min), product(max, other.max));
  }

  Span times(double factor) {
    return new Span(scaled(min, factor), scaled(max, factor));
  }

  Span join(Span other) {
    return new Span(Math.min(min, other.min), Math.max(max, other.max));
  }

  static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  static long product(long one, long other) {
    return other != 0 && one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
  }

  /// Rounded up.
  static long scaled(long value, double factor) {
    double scaled = Math.ceil(value * factor);
    return scaled >= Long.MAX_VALUE || value == Long.MAX_VALUE ? Long.MAX_VALUE : (long) scaled;
  }
}
