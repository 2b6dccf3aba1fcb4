package dev.troupe.testkit.experiment.plan;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What breaks, and when.
///
/// @param planned at moments that are written down, in their order
/// @param random at moments that a seed draws; null for none
/// @param overlaps whether one may come before another is over
public record FaultPlan(List<Planned> planned, @Nullable Drawn random, boolean overlaps) {

  public static final FaultPlan NOTHING = new FaultPlan(List.of(), null, false);

  /// More than these in one run are nothing that anybody looks at.
  public static final int MOST_FAULTS = 20_000;

  /// @param at behind the warm-up
  public record Planned(Duration at, InjectedFault fault, DurationRange lasts) {

    Duration latestEnd() {
      return at.plus(lasts.most());
    }
  }

  /// @param weight how often it is drawn, beside the others
  public record Lot(InjectedFault fault, DurationRange lasts, int weight) {}

  /// @param of what can be drawn
  /// @param gap between the end of one and the beginning of the next; where they may overlap,
  ///   between two beginnings
  /// @param count how many; of a run whose length is given, as many of them as it has room for
  public record Drawn(List<Lot> of, DurationRange gap, int count) {
    public Drawn {
      of = List.copyOf(of);
      if (of.isEmpty()) {
        throw new RefusedExperiment("there is nothing that could be drawn as a random fault");
      }
      if (count < 1 || count > MOST_FAULTS) {
        throw new RefusedExperiment("random faults are 1 to " + MOST_FAULTS + ", not " + count);
      }
    }
  }

  public FaultPlan {
    planned = planned.stream().sorted(Comparator.comparing(Planned::at)).toList();
    if (!overlaps) {
      requireOneByOne(planned);
    }
  }

  private static void requireOneByOne(List<Planned> planned) {
    for (int i = 1; i < planned.size(); i++) {
      var before = planned.get(i - 1);
      var next = planned.get(i);
      if (next.at().compareTo(before.latestEnd()) < 0) {
        throw new RefusedExperiment(
            "%s at %s comes before %s is over, which may last until %s; move it, or say that faults"
                    .formatted(
                        next.fault().kind().word(),
                        DurationRange.text(next.at()),
                        before.fault().kind().word(),
                        DurationRange.text(before.latestEnd()))
                + " may overlap");
      }
    }
  }

  /// Everything that may happen, as often as it is written down.
  public Stream<InjectedFault> all() {
    return Stream.concat(
        planned.stream().map(Planned::fault),
        random == null ? Stream.of() : random.of().stream().map(Lot::fault));
  }

  /// As many random ones as a run has room for.
  FaultPlan unlimited() {
    return random == null
        ? this
        : new FaultPlan(planned, new Drawn(random.of(), random.gap(), MOST_FAULTS), overlaps);
  }
}
