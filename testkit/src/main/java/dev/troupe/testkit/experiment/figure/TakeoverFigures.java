package dev.troupe.testkit.experiment.figure;

import dev.troupe.testkit.experiment.record.Takeover;
import dev.troupe.testkit.experiment.record.Takeover.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What takeovers spent their time on.
///
/// @param takeovers in the order in which partitions were lost
/// @param spent how long each step took, over all takeovers that reached it
public record TakeoverFigures(List<Takeover> takeovers, Map<Step, Spent> spent) {

  /// From the step before that was seen, or from the loss, to the end of a step; in microseconds
  /// since the run began.
  public record Stretch(Step step, long from, long to) {

    public long length() {
      return to - from;
    }
  }

  /// @param half the time that half of them did not exceed
  public record Spent(int count, long half, long longest) {

    static Spent of(long[] times) {
      Arrays.sort(times);
      return new Spent(
          times.length, Percentile.of(times, Percentile.HALF), times[times.length - 1]);
    }
  }

  static TakeoverFigures of(List<Takeover> takeovers) {
    var sorted =
        takeovers.stream()
            .sorted(
                Comparator.comparingLong(Takeover::lost)
                    .thenComparing(Takeover::partition, new PartitionOrder()))
            .toList();
    var spent = new EnumMap<Step, Spent>(Step.class);
    for (var step : Step.values()) {
      var times =
          sorted.stream()
              .flatMap(one -> stretches(one).stream())
              .filter(stretch -> stretch.step() == step)
              .mapToLong(Stretch::length)
              .toArray();
      if (times.length > 0) {
        spent.put(step, Spent.of(times));
      }
    }
    return new TakeoverFigures(sorted, spent);
  }

  /// The steps of a takeover that somebody saw, one behind the other. One that was done before the
  /// one that it follows took no time.
  public static List<Stretch> stretches(Takeover takeover) {
    var stretches = new ArrayList<Stretch>();
    long last = takeover.lost();
    for (var reached : takeover.reached().entrySet()) {
      long to = Math.max(last, reached.getValue());
      stretches.add(new Stretch(reached.getKey(), last, to));
      last = to;
    }
    return stretches;
  }

  /// How long takeovers took that are known to be over, if there are any.
  public Optional<Spent> whole() {
    var times = takeovers.stream().flatMap(one -> one.took().stream()).mapToLong(t -> t).toArray();
    return times.length == 0 ? Optional.empty() : Optional.of(Spent.of(times));
  }
}
