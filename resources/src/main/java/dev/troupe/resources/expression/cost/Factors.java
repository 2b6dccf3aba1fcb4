package dev.troupe.resources.expression.cost;

/// What basic things cost, in units of which an evaluation may use up so many.
public final class Factors {

  public static final long LIST = 10;
  public static final long MAP = 30;
  public static final long STRUCT = 40;
  public static final double TEXT = 0.1;
  public static final double PATTERN = 0.25;

  /// The longest name of a format's pattern.
  public static final int LONGEST_FORMAT = 128;

  private Factors() {}
}
