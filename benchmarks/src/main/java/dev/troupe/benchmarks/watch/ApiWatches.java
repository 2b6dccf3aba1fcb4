package dev.troupe.benchmarks.watch;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.client.ReadBody;
import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.testkit.process.TroupeProcess;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// Config maps of a server over HTTPS: watches are streams of HTTP/2, as those of clients in use.
final class ApiWatches implements WatchedStore {

  private final ApiClient writers;
  private final ApiClient watchers;
  private final ProcessHandle server;
  private final LongSupplier states;
  private final long start;

  /// @param connections what watches share
  /// @param states numbers that have not been used
  ApiWatches(TroupeProcess server, int writers, int connections, int streams, LongSupplier states) {
    this.states = states;
    this.writers = new ApiClient(server.kubeconfig(), writers);
    this.watchers = new ApiClient(server.kubeconfig(), connections, streams);
    this.server = ProcessHandle.of(server.pid()).orElseThrow();
    this.start =
        this.writers.get(Creates.PATH + "?limit=1", ApiClient.JSON).map(ReadBody::version).await();
  }

  /// Those that are written again and again.
  static void createObjects(TroupeProcess server, LongSupplier states) {
    for (int number = 0; number < WatchBenchmark.OBJECTS; number++) {
      var answer = server.api().post(Creates.PATH, Bodies.listed(name(number), states.getAsLong()));
      if (answer.code() != 201) {
        throw new IllegalStateException("a config map was refused: " + answer);
      }
    }
  }

  private static String name(long number) {
    return "watched-" + number % WatchBenchmark.OBJECTS;
  }

  @Override
  public Future<Long> write() {
    long number = states.getAsLong();
    var name = name(number);
    return writers
        .update(Creates.PATH + "/" + name, Bodies.listed(name, number))
        .map(ReadBody::version);
  }

  @Override
  public Future<HttpClientResponse> watch(Arrivals watcher) {
    return watchers
        .open(Creates.PATH + "?watch=true&resourceVersion=" + start, ApiClient.JSON)
        .map(response -> {
          response.handler(piece -> watcher.add(lines(piece), System.nanoTime()));
          response.exceptionHandler(_ -> {});
          return response.resume();
        });
  }

  /// Each event ends a line.
  static int lines(Buffer piece) {
    int lines = 0;
    for (byte each : piece.getBytes()) {
      lines += each == '\n' ? 1 : 0;
    }
    return lines;
  }

  @Override
  public Executor eventLoop() {
    return watchers.eventLoop();
  }

  @Override
  public ProcessHandle process() {
    return server;
  }

  @Override
  public void close() {
    watchers.close();
    writers.close();
  }
}
