package dev.troupe.controllers.simulation.log;

import dev.troupe.api.controller.PodLogs.Line;
import dev.troupe.api.controller.PodLogs.NoSuchContainerException;
import dev.troupe.api.controller.PodLogs.Query;
import dev.troupe.controllers.simulation.log.SimulatedPodLogs.PodLookup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One reader of one container's lines. Nothing is buffered: as many lines as are asked for are
/// made when they are asked for.
final class LogReading implements Flow.Subscription {

  private final Query query;
  private final PodLookup pods;
  private final InstantSource clock;
  private final ScheduledExecutorService executor;
  private final Duration look;
  private final Flow.Subscriber<? super Line> subscriber;

  private @Nullable ContainerRun run;
  private Instant handedOver = Instant.MIN;
  private long demand;
  private boolean waiting;
  private boolean over;

  LogReading(
      Query query,
      PodLookup pods,
      InstantSource clock,
      ScheduledExecutorService executor,
      Duration look,
      Flow.Subscriber<? super Line> subscriber) {
    this.query = query;
    this.pods = pods;
    this.clock = clock;
    this.executor = executor;
    this.look = look;
    this.subscriber = subscriber;
  }

  void start() {
    executor.execute(this::begin);
  }

  @Override
  public void request(long lines) {
    executor.execute(() -> grant(lines));
  }

  @Override
  public synchronized void cancel() {
    over = true;
  }

  private synchronized void begin() {
    if (over) {
      return;
    }
    try {
      var pod =
          pods.find(query.namespace(), query.pod())
              .orElseThrow(
                  () -> new NoSuchContainerException("pod \"" + query.pod() + "\" not found"));
      var found = ContainerRun.of(pod, query.container(), query.previous());
      run = found;
      handedOver = beforeFirst(found.lines(clock.instant()));
      handOver();
    } catch (NoSuchContainerException e) {
      over = true;
      subscriber.onError(e);
    }
  }

  private synchronized void grant(long lines) {
    if (over) {
      return;
    }
    if (lines <= 0) {
      over = true;
      subscriber.onError(new IllegalArgumentException("a positive number of lines is expected"));
      return;
    }
    demand = demand + lines < 0 ? Long.MAX_VALUE : demand + lines;
    handOver();
  }

  private synchronized void lookAgain() {
    waiting = false;
    handOver();
  }

  private void handOver() {
    var present = run;
    if (over || present == null) {
      return;
    }
    var latest = query.follow() ? latest(present) : Optional.of(present);
    var source = latest.orElse(present);
    run = source;
    var lines =
        source.lines(clock.instant()).stream()
            .filter(line -> line.time().isAfter(handedOver))
            .toList();
    for (var line : lines) {
      if (demand == 0 || over) {
        return; // The rest is made when it is asked for.
      }
      demand--;
      handedOver = line.time();
      subscriber.onNext(line);
    }
    if (!query.follow() || latest.isEmpty() || source.end() != null) {
      over = true;
      subscriber.onComplete();
    } else if (!waiting) {
      waiting = true;
      var _ = executor.schedule(this::lookAgain, look.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// The same run as it is now; empty if it is gone.
  private Optional<ContainerRun> latest(ContainerRun present) {
    try {
      return pods.find(query.namespace(), query.pod())
          .map(pod -> ContainerRun.of(pod, query.container(), query.previous()))
          .filter(present::isSame);
    } catch (NoSuchContainerException e) {
      return Optional.empty();
    }
  }

  /// The time before the first line that is wanted.
  private Instant beforeFirst(List<Line> lines) {
    var since = query.since() == null ? Instant.MIN : query.since().minusNanos(1);
    var tail = query.tailLines();
    if (tail == null || tail >= lines.size()) {
      return since;
    }
    var skipped = lines.get(lines.size() - tail - 1).time();
    return skipped.isAfter(since) ? skipped : since;
  }
}
