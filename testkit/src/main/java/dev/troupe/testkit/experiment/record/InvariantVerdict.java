package dev.troupe.testkit.experiment.record;

import java.util.List;

/// What a run says of one invariant.
///
/// @param invariant its short name, which no other has
/// @param promise what must hold, in a sentence
/// @param checked how many operations or observations were held against it
/// @param offences what shows that it is broken; the first ones, if there are very many
/// @param offended how many there are altogether
/// @param note what else there is to say, such as why it was not checked; may be empty
public record InvariantVerdict(
    String invariant,
    String promise,
    Verdict verdict,
    long checked,
    List<Offence> offences,
    long offended,
    String note) {

  /// What came of holding the run against an invariant, or against all.
  public enum Verdict {
    HELD,
    BROKEN,
    /// Nobody looked, or not at everything.
    OPEN
  }

  /// One case in which an invariant is broken.
  ///
  /// @param what is wrong
  /// @param operations those that show it, as the checker writes them
  public record Offence(String what, List<String> operations) {

    public Offence {
      operations = List.copyOf(operations);
    }
  }

  private static final int KEPT = 100;

  public InvariantVerdict {
    offences = List.copyOf(offences);
    if (offended < offences.size()) {
      throw new IllegalArgumentException(invariant + " has more offences than there are");
    }
  }

  public static InvariantVerdict held(String invariant, String promise, long checked) {
    return new InvariantVerdict(invariant, promise, Verdict.HELD, checked, List.of(), 0, "");
  }

  /// Keeps the first hundred offences, and how many there are.
  public static InvariantVerdict broken(
      String invariant, String promise, long checked, List<Offence> offences) {
    var kept = offences.subList(0, Math.min(KEPT, offences.size()));
    return new InvariantVerdict(
        invariant, promise, Verdict.BROKEN, checked, kept, offences.size(), "");
  }

  /// Broken if there is an offence, and else held.
  public static InvariantVerdict of(
      String invariant, String promise, long checked, List<Offence> offences) {
    return offences.isEmpty()
        ? held(invariant, promise, checked)
        : broken(invariant, promise, checked, offences);
  }

  /// @param why nobody can say whether it held
  public static InvariantVerdict open(String invariant, String promise, String why) {
    return new InvariantVerdict(invariant, promise, Verdict.OPEN, 0, List.of(), 0, why);
  }
}
