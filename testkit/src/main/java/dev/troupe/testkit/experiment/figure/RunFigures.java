package dev.troupe.testkit.experiment.figure;

import dev.troupe.testkit.experiment.figure.KeyFigure.Better;
import dev.troupe.testkit.experiment.figure.KeyFigure.Measure;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.RequestTable;
import dev.troupe.testkit.experiment.record.WatcherRecord;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Everything that is worked out from a record.
///
/// @param load of all requests
/// @param ofMembers of those that each member was asked, in the order of the members
/// @param failures how many requests failed, by verb and reason, whatever the partition
/// @param key what one looks at first
public record RunFigures(
    LoadTimeline load,
    List<LoadTimeline> ofMembers,
    AvailabilityMap availability,
    Unavailability unavailability,
    TakeoverFigures takeovers,
    SortedMap<String, Long> failures,
    List<KeyFigure> key) {

  private static final int BUCKETS = 400;
  private static final int BUCKETS_OF_A_MEMBER = 120;
  private static final double MICROS_PER_SECOND = 1e6;

  public static RunFigures of(ExperimentRecord record) {
    var requests = record.requests();
    long duration = record.run().duration();
    var buckets = Buckets.of(duration, BUCKETS);
    var small = Buckets.of(duration, BUCKETS_OF_A_MEMBER);
    var unavailability = Unavailability.of(record);
    var takeovers = TakeoverFigures.of(record.takeovers());
    return new RunFigures(
        LoadTimeline.of(requests, buckets, _ -> true),
        IntStream.range(0, record.run().members().size())
            .mapToObj(member ->
                LoadTimeline.of(requests, small, request -> requests.endpoint(request) == member))
            .toList(),
        AvailabilityMap.of(record, buckets),
        unavailability,
        takeovers,
        failures(requests),
        key(record, unavailability, takeovers));
  }

  private static SortedMap<String, Long> failures(RequestTable requests) {
    var failures = new TreeMap<String, Long>();
    for (int request = 0; request < requests.size(); request++) {
      if (!requests.succeeded(request)) {
        var verb = requests.askers().get(requests.asker(request)).verb();
        var fault = requests.fault(request).replaceAll("#[0-9]+", "#…");
        failures.merge(verb + ": " + fault, 1L, Long::sum);
      }
    }
    return failures;
  }

  private static List<KeyFigure> key(
      ExperimentRecord record, Unavailability unavailability, TakeoverFigures takeovers) {
    return Stream.concat(
            ofCost(record, unavailability, takeovers).stream(), ofLoad(record).stream())
        .toList();
  }

  private static List<KeyFigure> ofCost(
      ExperimentRecord record, Unavailability unavailability, TakeoverFigures takeovers) {
    double all = unavailability.objects() * record.run().duration() / MICROS_PER_SECOND;
    return List.of(
        new KeyFigure(
            "unavailable object-seconds",
            "objects times the seconds for which their askers were without service",
            Measure.OBJECT_SECONDS,
            unavailability.objectSeconds(),
            Better.LESS),
        new KeyFigure(
            "available",
            "of all object-seconds of the run",
            Measure.PERCENT,
            all == 0 ? Double.NaN : 100 * (1 - unavailability.objectSeconds() / all),
            Better.MORE),
        micros(
            "longest without service",
            "the longest time for which one asker was without service",
            unavailability.longest()),
        micros(
            "longest takeover",
            "from the loss of a partition to when it is served again",
            takeovers.whole().map(TakeoverFigures.Spent::longest).orElse(-1L)),
        micros(
            "longest silence of a watch",
            "the longest time for which a watcher was shown nothing",
            record.watchers().stream().mapToLong(WatcherRecord::longest).max().orElse(-1)));
  }

  private static List<KeyFigure> ofLoad(ExperimentRecord record) {
    var requests = record.requests();
    var waits = IntStream.range(0, requests.size()).mapToLong(requests::waited).sorted().toArray();
    long failed = IntStream.range(0, requests.size()).filter(i -> !requests.succeeded(i)).count();
    double seconds = record.run().duration() / MICROS_PER_SECOND;
    return List.of(
        new KeyFigure(
            "failed requests",
            "of all kinds, whatever they were answered",
            Measure.NUMBER,
            failed,
            Better.LESS),
        new KeyFigure(
            "requests", "that were due in the run", Measure.NUMBER, waits.length, Better.NEITHER),
        new KeyFigure(
            "answered a second",
            "with success, over the whole run",
            Measure.PER_SECOND,
            (waits.length - failed) / seconds,
            Better.MORE),
        micros(
            "median wait",
            "that half of all requests did not exceed",
            Percentile.of(waits, Percentile.HALF)),
        micros(
            "p99 of waits",
            "that 99 of 100 requests did not exceed",
            Percentile.of(waits, Percentile.NINETY_NINE)),
        micros("longest wait", "of any request", Percentile.of(waits, 1)));
  }

  private static KeyFigure micros(String name, String meaning, long value) {
    return new KeyFigure(
        name, meaning, Measure.MICROSECONDS, value < 0 ? Double.NaN : value, Better.LESS);
  }
}
