package dev.troupe.testkit.experiment.guest;

import dev.troupe.testkit.process.JavaCommand;

/// What members of a run are, if they run more than Kubernetes, and what that is asked to do.
///
/// @param program the class, on the class path of whoever runs the experiment, whose `main` runs
///   the `troupe` command with controllers of its own
public record Guest(String program, GuestWork work) {

  /// Nothing more than Kubernetes.
  public static final Guest NONE = new Guest(JavaCommand.TROUPE, new NoWork());
}
