package dev.troupe.controllerhost.collection;

import dev.troupe.controllerhost.connection.ApiConnection;
import dev.troupe.controllerhost.connection.RemoteCall;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What watches share.
///
/// @param over is told which are over
record Watching(
    ApiConnection connection,
    WatchTerms terms,
    Deletions deletions,
    UnreadableNotes notes,
    LongSupplier clock,
    RandomGenerator random,
    Consumer<RemoteWatch> over) {

  CompletableFuture<HttpResponse<AsyncBody>> stream(
      RemoteCall call, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return connection.stream(call, consumer);
  }

  long nanos() {
    return clock.getAsLong();
  }

  /// How long the next one lasts.
  long seconds() {
    long least = Math.max(1, terms.least().toSeconds());
    return least + (least < 2 ? 0 : random.nextLong(least / 2));
  }

  void ended(RemoteWatch watch) {
    over.accept(watch);
  }
}
