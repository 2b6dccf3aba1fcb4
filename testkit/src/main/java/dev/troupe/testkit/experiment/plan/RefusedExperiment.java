package dev.troupe.testkit.experiment.plan;

/// An experiment that cannot be carried out as it is written, or not here; the message says what is
/// wrong with it, and where.
public final class RefusedExperiment extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;
  private final boolean isOfThisMachine;

  public RefusedExperiment(String why) {
    this(why, false);
  }

  private RefusedExperiment(String why, boolean isOfThisMachine) {
    super(why);
    this.why = why;
    this.isOfThisMachine = isOfThisMachine;
  }

  /// One that could be carried out on another machine.
  public static RefusedExperiment here(String why) {
    return new RefusedExperiment(why, true);
  }

  /// Whether nothing is wrong with it but that this machine lacks what it needs.
  public boolean isOfThisMachine() {
    return isOfThisMachine;
  }

  /// What is wrong.
  public String why() {
    return why;
  }
}
