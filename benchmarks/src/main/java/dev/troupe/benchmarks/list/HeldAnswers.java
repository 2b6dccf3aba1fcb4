package dev.troupe.benchmarks.list;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.recovery.Heap;
import dev.troupe.benchmarks.recovery.ProcessStatus;
import dev.troupe.testkit.process.TroupeProcess;
import io.vertx.core.http.HttpClientResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/// What a server holds for answers that have begun and are not read on.
///
/// @param heapEach bytes in use after a collection, of each answer
/// @param residentKilobytes how much more is resident for all
/// @param nanos for each answer, in ascending order, the time until it began
record HeldAnswers(double heapEach, long residentKilobytes, long[] nanos) {

  /// @param client has room for as many answers as are held
  static HeldAnswers measure(
      TroupeProcess server, ApiClient client, int count, String path, String as) {
    long heap = Heap.usedBytes(server.pid());
    long resident = ProcessStatus.residentKilobytes(server.pid());
    var nanos = begin(client, count, path, as);
    long grown = ProcessStatus.residentKilobytes(server.pid()) - resident;
    double each = (Heap.usedBytes(server.pid()) - heap) / (double) count;
    return new HeldAnswers(each, grown, nanos);
  }

  private static long[] begin(ApiClient client, int count, String path, String as) {
    var nanos = new long[count];
    var begun = new CompletableFuture<?>[count];
    long start = System.nanoTime();
    Arrays.setAll(
        begun,
        answer -> {
          var first = new CompletableFuture<Void>();
          client
              .eventLoop()
              .execute(() ->
                  client
                      .open(path, as)
                      .onSuccess(response -> stop(response, first))
                      .onFailure(first::completeExceptionally));
          return first.thenRun(() -> nanos[answer] = System.nanoTime() - start);
        });
    CompletableFuture.allOf(begun).join();
    Arrays.sort(nanos);
    return nanos;
  }

  /// Reads what comes first, and nothing more.
  private static void stop(HttpClientResponse response, CompletableFuture<Void> first) {
    response.handler(_ -> {
      response.pause();
      first.complete(null);
    });
    response.exceptionHandler(first::completeExceptionally);
    response.resume();
  }
}
