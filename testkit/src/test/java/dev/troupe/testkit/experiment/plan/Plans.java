package dev.troupe.testkit.experiment.plan;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.plan.FaultPlan.Drawn;
import dev.troupe.testkit.experiment.plan.FaultPlan.Lot;
import dev.troupe.testkit.experiment.plan.FaultPlan.Planned;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Experiments for tests.
public final class Plans {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Plans() {}

  public static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  public static ExperimentPlan of(FaultPlan faults) {
    return new ExperimentPlan(
        "test",
        "Shows something.",
        new Topology(3, Map.of(), List.of(), Topology.Storage.POSTGRES, MINUTE, MINUTE),
        List.of(new Workload.Steady(100)),
        faults,
        new Timing(seconds(5), seconds(10), null),
        MustHold.everything());
  }

  public static Planned planned(int at, InjectedFault fault, int lasts) {
    return new Planned(seconds(at), fault, DurationRange.exactly(seconds(lasts)));
  }

  /// Each lasts 1 to 4 s, and comes 2 to 6 s behind the one before.
  public static Drawn drawn(int count, InjectedFault... faults) {
    return new Drawn(
        Arrays.stream(faults)
            .map(fault -> new Lot(fault, new DurationRange(seconds(1), seconds(4)), 1))
            .toList(),
        new DurationRange(seconds(2), seconds(6)),
        count);
  }
}
