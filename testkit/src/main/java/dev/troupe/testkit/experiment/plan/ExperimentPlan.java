package dev.troupe.testkit.experiment.plan;

import java.time.Duration;
import java.util.List;

/// An experiment: what is set up, what is asked of it, what breaks, and what must hold.
///
/// @param name by which it is called
/// @param shows what it shows, in a sentence
public record ExperimentPlan(
    String name,
    String shows,
    Topology topology,
    List<Workload> workload,
    FaultPlan faults,
    Timing timing,
    MustHold mustHold) {

  /// @throws RefusedExperiment if a fault cannot come to these members
  public ExperimentPlan {
    workload = List.copyOf(workload);
    if (workload.isEmpty()) {
      throw new RefusedExperiment("an experiment without a workload shows nothing");
    }
    var obstacles = faults.all().map(topology::obstacle).filter(why -> !why.isEmpty()).toList();
    if (!obstacles.isEmpty()) {
      throw new RefusedExperiment(obstacles.getFirst());
    }
  }

  /// The same with other members.
  ///
  /// @throws RefusedExperiment if these are too few or too many for it
  public ExperimentPlan withMembers(int count) {
    return new ExperimentPlan(
        name, shows, topology.withMembers(count), workload, faults, timing, mustHold);
  }

  /// The same for as long as somebody wants: with as many random faults as there is time for.
  ///
  /// @throws RefusedExperiment if that is too short
  public ExperimentPlan lasting(Duration whole) {
    return new ExperimentPlan(
        name,
        shows,
        topology,
        workload,
        faults.unlimited(),
        new Timing(timing.warmUp(), timing.quiet(), whole),
        mustHold);
  }
}
