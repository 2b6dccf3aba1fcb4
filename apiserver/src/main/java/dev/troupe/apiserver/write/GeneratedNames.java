package dev.troupe.apiserver.write;

import java.util.random.RandomGenerator;

/// Names made of `generateName`.
public final class GeneratedNames {

  /// How often a name that is taken is replaced by another.
  static final int TRIES = 8;

  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX = 5;
  private static final int LONGEST_BASE = 63 - SUFFIX;

  private final RandomGenerator random;

  public GeneratedNames(RandomGenerator random) {
    this.random = random;
  }

  String next(String base) {
    var name =
        new StringBuilder(base.length() > LONGEST_BASE ? base.substring(0, LONGEST_BASE) : base);
    for (int i = 0; i < SUFFIX; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
