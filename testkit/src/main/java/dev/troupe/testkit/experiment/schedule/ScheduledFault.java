package dev.troupe.testkit.experiment.schedule;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.plan.DurationRange;
import java.time.Duration;

/// A fault with its moment.
///
/// @param number from 1, in the order of beginnings
/// @param at since the load began
public record ScheduledFault(
    int number, Duration at, Duration lasts, InjectedFault fault, Aim aim) {

  /// When it is undone.
  public Duration end() {
    return at.plus(lasts);
  }

  /// For people: what, to whom, and for how long.
  public String words() {
    var whom = aim.words().isEmpty() ? "" : " of " + aim.words();
    return fault.kind().word() + whom + " for " + DurationRange.text(lasts);
  }
}
