package dev.troupe.benchmarks.watch;

import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Many watchers of the same objects; some of them slow. A slow one stops to read, and takes a
/// piece now and then.
final class Audience {

  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(1);

  /// How many watches are being begun at a time.
  private static final int WAVE = 500;

  private final WatchedStore watched;
  private final List<Arrivals> quick = new ArrayList<>();
  private final List<Arrivals> slow = new ArrayList<>();
  private final List<HttpClientResponse> slowStreams = new ArrayList<>();

  private Audience(WatchedStore watched) {
    this.watched = watched;
  }

  /// @param oneIn so many is slow; 0 for none
  static Audience begin(WatchedStore watched, int watchers, int oneIn) {
    var audience = new Audience(watched);
    for (int first = 0; first < watchers; first += WAVE) {
      var begun = new ArrayList<CompletableFuture<?>>();
      for (int watcher = first; watcher < Math.min(watchers, first + WAVE); watcher++) {
        boolean isSlow = oneIn > 0 && watcher % oneIn == oneIn - 1;
        begun.add(audience.begin(isSlow));
      }
      CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new)).join();
    }
    return audience;
  }

  private CompletableFuture<Void> begin(boolean isSlow) {
    var arrivals = new Arrivals();
    (isSlow ? slow : quick).add(arrivals);
    var begun = new CompletableFuture<Void>();
    watched
        .eventLoop()
        .execute(() ->
            watched
                .watch(arrivals)
                .onSuccess(stream -> {
                  if (isSlow) {
                    slowStreams.add(stream);
                  }
                  begun.complete(null);
                })
                .onFailure(begun::completeExceptionally));
    return begun;
  }

  int slow() {
    return slow.size();
  }

  List<Arrivals> quick() {
    return quick;
  }

  /// The slow ones stop to read.
  ///
  /// @param events how many will come
  void expect(int events) {
    onLoop(() -> {
      quick.forEach(arrivals -> arrivals.expect(events));
      slow.forEach(arrivals -> arrivals.expect(events));
      slowStreams.forEach(HttpClientResponse::pause);
    });
  }

  /// The slow ones take a piece.
  void sip() {
    watched.eventLoop().execute(() -> slowStreams.forEach(stream -> stream.fetch(1)));
  }

  /// Waits until all that read have everything.
  ///
  /// @throws IllegalStateException if something is missing after a long time
  void awaitQuick() {
    await(quick);
  }

  /// Lets the slow ones read, and waits until they have everything, too: whoever is slow loses
  /// nothing.
  void awaitSlow() {
    onLoop(() -> slowStreams.forEach(HttpClientResponse::resume));
    await(slow);
  }

  private void await(List<Arrivals> watchers) {
    long end = System.nanoTime() + PATIENCE;
    while (!onLoop(() -> watchers.stream().allMatch(Arrivals::isComplete))) {
      if (System.nanoTime() > end) {
        int least = watchers.stream().mapToInt(Arrivals::count).min().orElse(0);
        throw new IllegalStateException("events are missing: a watcher has only " + least);
      }
      LockSupport.parkNanos(STEP);
    }
  }

  private void onLoop(Runnable work) {
    onLoop(() -> {
      work.run();
      return true;
    });
  }

  private <T> T onLoop(java.util.function.Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, watched.eventLoop()).join();
  }
}
