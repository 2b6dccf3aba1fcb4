package dev.troupe.testkit.experiment.schedule;

import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.plan.Timing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// All faults of a run, known before it begins: the same experiment and seed have the same ones.
/// Each is over before the next one begins, unless the experiment lets them overlap, and all are
/// over before the quiet at the end.
///
/// @param faults in the order of their beginnings
/// @param length of the run, from the beginning of the load to its end
public record FaultSchedule(long seed, List<ScheduledFault> faults, Duration length) {

  public FaultSchedule {
    faults = List.copyOf(faults);
  }

  /// @throws RefusedExperiment if there is not the time for what it plans
  public static FaultSchedule of(ExperimentPlan plan, long seed) {
    var faults = new FaultDraw(plan, seed).all();
    var length = length(plan.timing(), faults);
    if (length.compareTo(Timing.LONGEST) > 0) {
      throw new RefusedExperiment(
          "the faults need %s, and no run is longer than %s: take fewer, or shorter gaps"
              .formatted(DurationRange.text(length), DurationRange.text(Timing.LONGEST)));
    }
    return new FaultSchedule(seed, faults, length);
  }

  private static Duration length(Timing timing, List<ScheduledFault> faults) {
    if (timing.whole() != null) {
      return timing.whole();
    }
    return faults.stream()
        .map(ScheduledFault::end)
        .max(Comparator.naturalOrder())
        .orElse(timing.warmUp())
        .plus(timing.quiet());
  }
}
