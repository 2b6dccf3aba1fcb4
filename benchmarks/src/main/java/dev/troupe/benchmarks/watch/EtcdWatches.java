package dev.troupe.benchmarks.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.benchmarks.etcd.EtcdClient;
import dev.troupe.benchmarks.etcd.EtcdProcess;
import dev.troupe.benchmarks.server.Bodies;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// The same objects in an etcd: each watcher has a stream of its own, as in Kubernetes.
final class EtcdWatches implements WatchedStore {

  private static final String PREFIX = "/registry/configmaps/default/";

  private final EtcdProcess etcd;
  private final LongSupplier states;
  private final EtcdClient writers;
  private final EtcdClient watchers;

  EtcdWatches(EtcdProcess etcd, int writers, int connections, int streams, LongSupplier states) {
    this.states = states;
    this.etcd = etcd;
    this.writers = new EtcdClient(etcd.client(), writers, 1);
    this.watchers = new EtcdClient(etcd.client(), connections, streams);
  }

  @Override
  public Future<Long> write() {
    long number = states.getAsLong();
    var name = "watched-" + number % WatchBenchmark.OBJECTS;
    return writers.put(
        (PREFIX + name).getBytes(UTF_8), Bodies.listed(name, number).getBytes(UTF_8));
  }

  @Override
  public Future<HttpClientResponse> watch(Arrivals watcher) {
    return watchers.watch(PREFIX.getBytes(UTF_8), events -> watcher.add(events, System.nanoTime()));
  }

  @Override
  public Executor eventLoop() {
    return watchers.eventLoop();
  }

  @Override
  public ProcessHandle process() {
    return etcd.process();
  }

  @Override
  public void close() {
    watchers.close();
    writers.close();
  }
}
