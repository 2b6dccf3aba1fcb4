package dev.troupe.testkit.experiment.plan;

/// An experiment that cannot be carried out as it is written; the message says what is wrong with
/// it, and where.
public final class RefusedExperiment extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  public RefusedExperiment(String why) {
    super(why);
    this.why = why;
  }

  /// What is wrong.
  public String why() {
    return why;
  }
}
