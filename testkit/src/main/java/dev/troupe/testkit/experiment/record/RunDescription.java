package dev.troupe.testkit.experiment.record;

import java.time.Instant;
import java.util.List;

/// Which experiment was run, where and how, and what runs it again.
///
/// @param what the experiment is about, in a sentence; may be empty
/// @param command repeats the run, with its seed
/// @param duration in microseconds
/// @param machine a line for each thing that figures depend on: processors, memory, JVM, release
/// @param members by name; requests name them by their place in this list
/// @param bound how many microseconds a request may take from when it was due, before what it asked
///   for counts as unavailable
/// @param interrupted whether it was ended before its time
public record RunDescription(
    String experiment,
    String what,
    long seed,
    String command,
    Instant began,
    long duration,
    List<String> machine,
    List<String> members,
    long bound,
    boolean interrupted) {

  public RunDescription {
    machine = List.copyOf(machine);
    members = List.copyOf(members);
    if (duration <= 0 || bound <= 0) {
      throw new IllegalArgumentException("a run takes some time, and a bound is above 0");
    }
  }
}
