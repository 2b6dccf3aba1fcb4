package dev.troupe.testkit.experiment.record;

/// A fault, from when it was there to when it was gone.
///
/// @param kind what it is, in a word or two: `kill`, `freeze`, `one-way partition`
/// @param target to whom; empty if to all
/// @param to the same as `from` if it took no time; the end of the run if nobody ended it
/// @param detail what else there is to say; may be empty
public record FaultSpan(String kind, String target, long from, long to, String detail) {

  public FaultSpan {
    if (to < from) {
      throw new IllegalArgumentException(kind + " ends before it begins");
    }
  }

  /// Kind and target.
  public String name() {
    return target.isEmpty() ? kind : kind + " " + target;
  }
}
