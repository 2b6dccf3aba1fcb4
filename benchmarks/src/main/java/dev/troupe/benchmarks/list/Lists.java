package dev.troupe.benchmarks.list;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.client.ReadBody;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.testkit.process.TroupeProcess;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/// Lists in one shape, from a server that runs: each list is read to its end.
final class Lists implements LoadTarget {

  private final ApiClient client;
  private final ProcessHandle server;
  private final String collection;
  private final ListVariety shape;
  private final AtomicLong bytes = new AtomicLong();

  /// @param collection the path of what is listed
  Lists(TroupeProcess server, int clients, String collection, ListVariety shape) {
    this.client = new ApiClient(server.kubeconfig(), clients);
    this.server = ProcessHandle.of(server.pid()).orElseThrow();
    this.collection = collection;
    this.shape = shape;
  }

  @Override
  public CompletionStage<?> store(long number) {
    return list("").toCompletionStage();
  }

  private Future<Void> list(String page) {
    var path = collection + shape.query + (page.isEmpty() ? "" : "&continue=" + page);
    return client.get(path, shape.accept).compose(this::rest);
  }

  private Future<Void> rest(ReadBody body) {
    bytes.addAndGet(body.bytes());
    var next = shape == ListVariety.PAGES ? body.nextPage() : "";
    return next.isEmpty() ? Future.succeededFuture() : list(next);
  }

  /// What has been read so far.
  long bytes() {
    return bytes.get();
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
