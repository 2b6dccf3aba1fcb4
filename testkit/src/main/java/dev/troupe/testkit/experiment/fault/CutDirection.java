package dev.troupe.testkit.experiment.fault;

import java.util.Locale;

/// What of a member is lost where only one direction is cut.
public enum CutDirection {
  /// What it sends to the others.
  OUT,
  /// What the others send to it.
  IN;

  /// How a file says it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
