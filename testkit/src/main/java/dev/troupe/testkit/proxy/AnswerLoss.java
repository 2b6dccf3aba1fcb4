package dev.troupe.testkit.proxy;

import java.util.random.RandomGenerator;

/// Which answers on one connection are lost. What the bytes mean it does not know: what first comes
/// back behind something that was sent begins an answer. What comes back first of all is none, as
/// the two ends only make each other's acquaintance then.
final class AnswerLoss {

  private static final int ALL = 100;

  private final RandomGenerator random;
  private boolean asked;
  private int answers;

  AnswerLoss(RandomGenerator random) {
    this.random = random;
  }

  /// Something went to the one who answers.
  synchronized void asked() {
    asked = true;
  }

  /// Something comes back.
  ///
  /// @param percent of answers that are lost
  /// @return whether it is the beginning of one that is
  synchronized boolean loses(int percent) {
    if (!asked) {
      return false;
    }
    asked = false;
    answers++;
    return answers > 1 && random.nextInt(ALL) < percent;
  }
}
