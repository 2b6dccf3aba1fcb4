package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.run.FaultDrive.Blackout;
import dev.troupe.testkit.load.DueRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How long clients went without a success: each from when the first request was due that did not
/// have one, to the end of the next one that had. Whoever then catches up on what has become due in
/// the meantime is served again: of those requests each counts from the success before it. What
/// lies in a time in which nobody could be served does not count.
final class Waits {

  private final List<Blackout> blackouts;

  Waits(List<Blackout> blackouts) {
    this.blackouts = blackouts.stream().sorted(Comparator.comparingLong(Blackout::from)).toList();
  }

  /// A time without a success.
  ///
  /// @param from as far as it counts
  record Wait(long from, long to) {

    long length() {
      return to - from;
    }
  }

  /// Of one client.
  ///
  /// @param requests in their order
  /// @param clock what the times of requests are since the run began, in microseconds
  /// @param end of the run
  List<Wait> of(List<DueRequest> requests, RunClock clock, long end) {
    var waits = new ArrayList<Wait>();
    long since = -1;
    long served = Long.MIN_VALUE;
    for (var request : requests) {
      since = since < 0 ? Math.max(served, clock.micros(request.due())) : since;
      if (request.succeeded()) {
        served = clock.micros(request.end());
        waits.add(counted(since, served));
        since = -1;
      }
    }
    if (since >= 0) {
      waits.add(counted(since, Math.max(since, end)));
    }
    return waits;
  }

  /// Counts from the end of the last of all times without anybody that it lies in.
  Wait counted(long from, long to) {
    long counts = from;
    for (var blackout : blackouts) {
      if (blackout.from() <= to && blackout.to() >= counts) {
        counts = Math.min(to, Math.max(counts, blackout.to()));
      }
    }
    return new Wait(counts, to);
  }
}
