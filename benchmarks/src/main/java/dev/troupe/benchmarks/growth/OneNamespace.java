package dev.troupe.benchmarks.growth;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Meter;
import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A namespace of a thousand config maps among others: created, watched, deleted.
final class OneNamespace implements AutoCloseable {

  private static final int OBJECTS = 1_000;
  private static final int WATCHES = 20;
  private static final String INITIAL_END = "k8s.io/initial-events-end";
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final TroupeProcess server;
  private final ProcessHandle process;
  private final Api api;
  private final ApiClient client;
  private final String path;
  private final int writers;

  OneNamespace(TroupeProcess server, String name, int writers) {
    this.server = server;
    this.writers = writers;
    process = ProcessHandle.of(server.pid()).orElseThrow();
    api = server.api();
    client = new ApiClient(server.kubeconfig(), 1, WATCHES);
    path = "/api/v1/namespaces/" + name;
    api.post(
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}");
  }

  /// What a piece of work has taken.
  private record Cost(double seconds, double cpuSeconds) {}

  NamespaceRound live() {
    var create = cost(this::fill);
    var watch = cost(this::watch);
    var delete = cost(this::delete);
    return new NamespaceRound(
        OBJECTS / create.seconds,
        create.cpuSeconds * 1e6 / OBJECTS,
        watch.seconds * 1e3 / WATCHES,
        watch.cpuSeconds * 1e3 / WATCHES,
        delete.seconds,
        delete.cpuSeconds * 1e3);
  }

  private Cost cost(Runnable work) {
    double cpu = cpu();
    long start = System.nanoTime();
    work.run();
    return new Cost((System.nanoTime() - start) / 1e9, cpu() - cpu);
  }

  private double cpu() {
    return Meter.cpu(process) / 1e9;
  }

  private void fill() {
    try (var creates =
        new Creates(
            server, writers, path + "/configmaps", number -> Bodies.small("object", number))) {
      ClosedLoop.fill(creates, writers, OBJECTS);
    }
  }

  /// One watch after the other.
  private void watch() {
    for (int i = 0; i < WATCHES; i++) {
      var initial = new CompletableFuture<Void>();
      client
          .eventLoop()
          .execute(() ->
              client
                  .open(
                      path
                          + "/configmaps?watch=true&allowWatchBookmarks=true"
                          + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
                      ApiClient.JSON)
                  .onSuccess(response -> read(response, initial))
                  .onFailure(initial::completeExceptionally));
      initial.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  private static void read(HttpClientResponse response, CompletableFuture<Void> initial) {
    var answer = Buffer.buffer();
    response.exceptionHandler(initial::completeExceptionally);
    response.handler(piece -> {
      int behind = Math.max(0, answer.length() - INITIAL_END.length());
      answer.appendBuffer(piece);
      if (answer.getString(behind, answer.length()).contains(INITIAL_END)) {
        initial.complete(null);
        response.request().reset();
      }
    });
    response.resume();
  }

  private void delete() {
    long end = System.nanoTime() + LONGEST.toNanos();
    api.delete(path);
    while (api.get(path).code() != 404) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(path + " is still there after " + LONGEST);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
