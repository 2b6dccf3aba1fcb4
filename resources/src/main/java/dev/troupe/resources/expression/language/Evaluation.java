package dev.troupe.resources.expression.language;

/// What came of an evaluation.
public sealed interface Evaluation {

  /// What it has cost.
  long cost();

  record Value(Object value, long cost) implements Evaluation {}

  /// It had no value.
  record Failed(String words, long cost) implements Evaluation {}

  /// It cost more than it may and was ended.
  record Exhausted(String words, long cost) implements Evaluation {}
}
