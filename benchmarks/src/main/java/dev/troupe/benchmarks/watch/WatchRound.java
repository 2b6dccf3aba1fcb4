package dev.troupe.benchmarks.watch;

import dev.troupe.benchmarks.load.Meter;
import dev.troupe.benchmarks.load.OpenLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One measurement of one audience.
///
/// @param delays at a fixed rate of writes
/// @param eventsPerSecond delivered to all that read while writers wrote as fast as they could
/// @param cpuMicros of the server for each of those
record WatchRound(Delays delays, double eventsPerSecond, double cpuMicros) {

  /// How many write at once in a rush.
  static final int WRITERS = 16;

  /// @param writes at the fixed rate
  /// @param rush as fast as possible
  static WatchRound measure(
      WatchedStore watched, Audience audience, int perSecond, int writes, int rush) {
    var delays = atRate(watched, audience, perSecond, writes);
    double before = cpu(watched);
    long nanos = rush(watched, audience, rush);
    double events = (double) rush * audience.quick().size();
    double micros = (cpu(watched) - before) / 1e3 / events;
    audience.awaitSlow();
    return new WatchRound(delays, events * 1e9 / nanos, micros);
  }

  private static double cpu(WatchedStore watched) {
    return Meter.cpu(watched.process());
  }

  private static Delays atRate(WatchedStore watched, Audience audience, int perSecond, int writes) {
    audience.expect(writes);
    var written = new AcknowledgedWrites();
    var failure = new AtomicReference<@Nullable Throwable>();
    var done = new CompletableFuture<Void>();
    OpenLoop.run(
        writes,
        perSecond,
        (number, due) -> {
          if (number % perSecond == perSecond - 1) {
            audience.sip();
          }
          watched
              .eventLoop()
              .execute(() ->
                  watched
                      .write()
                      .onSuccess(version -> {
                        written.add(version, due, System.nanoTime());
                        if (written.count() == writes) {
                          done.complete(null);
                        }
                      })
                      .onFailure(problem -> {
                        failure.set(problem);
                        done.completeExceptionally(problem);
                      }));
        });
    done.join();
    audience.awaitQuick();
    var delays = Delays.of(written.inOrder(), audience.quick());
    audience.awaitSlow();
    return delays;
  }

  /// @return from the first write to the last event
  private static long rush(WatchedStore watched, Audience audience, int writes) {
    audience.expect(writes);
    long start = System.nanoTime();
    var begun = new AtomicInteger();
    var writers = new CompletableFuture<?>[WRITERS];
    for (int writer = 0; writer < WRITERS; writer++) {
      var done = new CompletableFuture<Void>();
      writers[writer] = done;
      watched.eventLoop().execute(() -> next(watched, begun, writes, done));
    }
    CompletableFuture.allOf(writers).join();
    audience.awaitQuick();
    return audience.quick().stream()
            .mapToLong(watcher -> watcher.moment(writes - 1))
            .max()
            .orElse(0)
        - start;
  }

  private static void next(
      WatchedStore watched, AtomicInteger begun, int last, CompletableFuture<Void> done) {
    if (begun.getAndIncrement() >= last) {
      done.complete(null);
      return;
    }
    watched
        .write()
        .onSuccess(_ -> watched.eventLoop().execute(() -> next(watched, begun, last, done)))
        .onFailure(done::completeExceptionally);
  }
}
