package dev.troupe.testkit.experiment.figure;

import dev.troupe.testkit.experiment.record.RequestTable;
import dev.troupe.testkit.experiment.record.RunDescription;
import java.util.Arrays;

/// For how long each asker was without service; see [Unavailability] for what that means. Goes once
/// through all requests.
final class ServiceTimes {

  private static final long SERVED = -1;

  private final RequestTable requests;
  private final RunDescription run;

  /// For each asker, from when on it has been without service.
  private final long[] since;

  /// Up to when it is known that it was served again: what was due before says nothing new.
  private final long[] servedAt;

  private final long[] lost;
  private final long[] longest;

  private ServiceTimes(RequestTable requests, RunDescription run) {
    this.requests = requests;
    this.run = run;
    int askers = requests.askers().size();
    this.since = new long[askers];
    this.servedAt = new long[askers];
    this.lost = new long[askers];
    this.longest = new long[askers];
    Arrays.fill(since, SERVED);
  }

  static ServiceTimes of(RequestTable requests, RunDescription run) {
    var times = new ServiceTimes(requests, run);
    for (int request = 0; request < requests.size(); request++) {
      times.look(request);
    }
    for (int asker = 0; asker < times.since.length; asker++) {
      if (times.since[asker] != SERVED) {
        times.served(asker, times.since[asker], run.duration());
      }
    }
    return times;
  }

  private void look(int request) {
    int asker = requests.asker(request);
    long due = requests.due(request);
    if (!requests.succeeded(request)) {
      since[asker] = since[asker] == SERVED ? Math.max(due, servedAt[asker]) : since[asker];
    } else if (since[asker] != SERVED) {
      served(asker, since[asker], requests.end(request));
    } else if (due >= servedAt[asker] && requests.waited(request) > run.bound()) {
      served(asker, due, requests.end(request));
    }
  }

  /// It was without service between two moments; what lies behind the run is not counted.
  private void served(int asker, long from, long to) {
    long time = Math.max(0, Math.min(to, run.duration()) - from);
    lost[asker] += time;
    longest[asker] = Math.max(longest[asker], time);
    servedAt[asker] = Math.max(servedAt[asker], to);
    since[asker] = SERVED;
  }

  /// In microseconds altogether.
  long lost(int asker) {
    return lost[asker];
  }

  /// In microseconds, the longest time.
  long longest(int asker) {
    return longest[asker];
  }
}
