package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.MustHold;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.load.DueRequest;
import dev.troupe.testkit.load.Sightings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Holds what clients noticed against the bounds that an experiment sets.
final class BoundVerdicts {

  private static final String WRITABLE = "writable-within";
  private static final long MICROS = 1_000;

  private final List<DueRequest> requests;
  private final Collection<Sightings> watchers;
  private final Waits waits;
  private final RunClock clock;
  private final long end;

  /// @param end of the run
  BoundVerdicts(
      List<DueRequest> requests,
      Collection<Sightings> watchers,
      Waits waits,
      RunClock clock,
      long end) {
    this.requests = List.copyOf(requests);
    this.watchers = List.copyOf(watchers);
    this.waits = waits;
    this.clock = clock;
    this.end = end;
  }

  List<InvariantVerdict> of(MustHold mustHold) {
    var verdicts = new ArrayList<InvariantVerdict>();
    if (mustHold.writableWithin() != null) {
      verdicts.add(writable(mustHold.writableWithin()));
    }
    if (mustHold.watchesSilentAtMost() != null) {
      verdicts.add(silent(mustHold.watchesSilentAtMost()));
    }
    if (mustHold.failedRequestsAtMost() != null) {
      verdicts.add(failed(mustHold.failedRequestsAtMost()));
    }
    return verdicts;
  }

  private InvariantVerdict writable(Duration bound) {
    var writers =
        requests.stream()
            .filter(request -> request.client().startsWith("write "))
            .collect(Collectors.groupingBy(DueRequest::client, TreeMap::new, Collectors.toList()));
    var offences = new ArrayList<Offence>();
    writers.forEach((writer, ofOne) ->
        waits.of(ofOne, clock, end).stream()
            .filter(wait -> wait.length() > micros(bound))
            .forEach(wait -> offences.add(offence(writer + " was not answered", wait))));
    var promise = "an object can be written again within " + DurationRange.text(bound);
    return writers.isEmpty()
        ? InvariantVerdict.open(WRITABLE, promise, "no client writes one object all the time")
        : verdict(WRITABLE, promise, writers.size(), offences);
  }

  private InvariantVerdict silent(Duration bound) {
    var offences = new ArrayList<Offence>();
    for (var watcher : watchers) {
      var times = new ArrayList<>(watcher.times().stream().map(clock::micros).toList());
      times.add(end);
      for (int i = 1; i < times.size(); i++) {
        var wait = waits.counted(times.get(i - 1), Math.max(times.get(i - 1), times.get(i)));
        if (wait.length() > micros(bound)) {
          offences.add(offence("watcher " + (watcher.endpoint() + 1) + " was shown nothing", wait));
        }
      }
    }
    return verdict(
        "watches-silent-at-most",
        "a watch is shown something every %s".formatted(DurationRange.text(bound)),
        watchers.size(),
        offences);
  }

  private InvariantVerdict failed(int most) {
    var failed = requests.stream().filter(request -> !request.succeeded()).toList();
    return verdict(
        "failed-requests-at-most",
        "at most %d requests fail".formatted(most),
        requests.size(),
        failed.size() <= most ? List.of() : failed.stream().map(this::offence).toList());
  }

  private Offence offence(DueRequest request) {
    return new Offence(
        String.format(
            Locale.ROOT,
            "%s failed through member %d, due at %.3f s, over at %.3f s: %s",
            request.client(),
            request.through() + 1,
            seconds(clock.micros(request.due())),
            seconds(clock.micros(request.end())),
            request.fault()),
        List.of());
  }

  private static Offence offence(String what, Waits.Wait wait) {
    return new Offence(
        String.format(
            Locale.ROOT,
            "%s for %.3f s, from %.3f s to %.3f s",
            what,
            seconds(wait.length()),
            seconds(wait.from()),
            seconds(wait.to())),
        List.of());
  }

  private static double seconds(long micros) {
    return micros / 1e6;
  }

  private static long micros(Duration length) {
    return length.toNanos() / MICROS;
  }

  private static InvariantVerdict verdict(
      String name, String promise, long checked, List<Offence> offences) {
    return InvariantVerdict.of(name, promise, checked, offences);
  }
}
