package dev.troupe.testkit.experiment.figure;

/// One number that says something of a whole run.
///
/// @param name in a few words
/// @param meaning in a sentence
/// @param value [Double#NaN] if nothing is known
/// @param better whether less or more of it is better
public record KeyFigure(String name, String meaning, Measure measure, double value, Better better) {

  /// What is counted, and so how it is written.
  public enum Measure {
    MICROSECONDS,
    NUMBER,
    PER_SECOND,
    OBJECT_SECONDS,
    PERCENT
  }

  /// Which of two values one wants.
  public enum Better {
    LESS,
    MORE,
    NEITHER
  }
}
