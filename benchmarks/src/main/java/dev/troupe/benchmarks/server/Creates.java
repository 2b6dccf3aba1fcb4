package dev.troupe.benchmarks.server;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.benchmarks.load.Scrape;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/// Creates of config maps in a server that runs. Closes its connections, not the server.
public final class Creates implements LoadTarget {

  public static final String PATH = "/api/v1/namespaces/default/configmaps";

  private final ApiClient client;
  private final Api api;
  private final ProcessHandle server;
  private final String path;
  private final LongFunction<String> bodies;

  /// @param prefix of the names, different each time
  public Creates(TroupeProcess server, int connections, String prefix) {
    this(server, connections, number -> Bodies.configMap(prefix, number));
  }

  /// @param bodies the object of each number
  public Creates(TroupeProcess server, int connections, LongFunction<String> bodies) {
    this(server, connections, PATH, bodies);
  }

  /// @param path of the namespace's config maps
  public Creates(TroupeProcess server, int connections, String path, LongFunction<String> bodies) {
    this.path = path;
    client = new ApiClient(server.kubeconfig(), connections);
    api = server.api();
    this.server = ProcessHandle.of(server.pid()).orElseThrow();
    this.bodies = bodies;
  }

  @Override
  public CompletionStage<?> store(long number) {
    return client.create(path, bodies.apply(number)).toCompletionStage();
  }

  @Override
  public Executor writers() {
    return client.eventLoop();
  }

  @Override
  public long syncs() {
    var metrics = api.get("/metrics").body().asString();
    return (long) new Scrape(metrics).value("troupe_store_syncs_total");
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
