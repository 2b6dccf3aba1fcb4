package dev.troupe.benchmarks.server;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.testkit.process.TroupeProcess;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Requests of any sort to a server that runs.
public final class Requests implements LoadTarget {

  /// One request.
  @FunctionalInterface
  public interface Question {

    Future<?> ask(ApiClient client, long number);
  }

  private final ApiClient client;
  private final ProcessHandle server;
  private final Question asking;

  public Requests(TroupeProcess server, int connections, Question asking) {
    this.client = new ApiClient(server.kubeconfig(), connections);
    this.server = ProcessHandle.of(server.pid()).orElseThrow();
    this.asking = asking;
  }

  @Override
  public CompletionStage<?> store(long number) {
    return asking.ask(client, number).toCompletionStage();
  }

  @Override
  public Executor writers() {
    return client.eventLoop();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return Optional.of(server);
  }

  @Override
  public void close() {
    client.close();
  }
}
