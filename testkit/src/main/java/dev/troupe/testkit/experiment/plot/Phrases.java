package dev.troupe.testkit.experiment.plot;

/// Texts of others, which may be long.
public final class Phrases {

  private static final int LINE = 300;

  private Phrases() {}

  /// Not more than about a line of it.
  public static String clipped(String text) {
    return text.length() <= LINE ? text : text.substring(0, LINE) + "…";
  }

  /// A number and its noun.
  public static String count(long number, String one, String several) {
    return Units.number(number) + " " + (number == 1 ? one : several);
  }
}
