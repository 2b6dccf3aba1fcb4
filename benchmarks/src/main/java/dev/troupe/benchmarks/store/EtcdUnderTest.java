package dev.troupe.benchmarks.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.benchmarks.etcd.EtcdClient;
import dev.troupe.benchmarks.etcd.EtcdProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// etcd, over gRPC on loopback: writers share up to 16 connections.
final class EtcdUnderTest implements StoreUnderTest {

  /// @throws java.io.UncheckedIOException if there is no etcd
  static Kind kind() {
    return new Kind("etcd " + EtcdProcess.version() + ", over gRPC", EtcdUnderTest::new);
  }

  private final EtcdProcess etcd;
  private final EtcdClient client;

  private EtcdUnderTest(Path directory, int writers) {
    etcd = EtcdProcess.start(directory);
    int connections = connections(writers);
    client = new EtcdClient(etcd.client(), connections, writers / connections);
  }

  /// 1, 4 and 16 for 1, 16 and more writers.
  private static int connections(int writers) {
    return Math.min(16, (int) Math.sqrt(writers));
  }

  @Override
  public CompletionStage<?> append(long number) {
    var key = "/registry/configmaps/default/" + Values.name(number);
    return client.put(key.getBytes(UTF_8), Values.body()).toCompletionStage();
  }

  @Override
  public Executor writers() {
    return client.eventLoop();
  }

  @Override
  public long syncs() {
    return etcd.metrics().logSyncs();
  }

  @Override
  public Duration serverCpu() {
    return etcd.metrics().cpu();
  }

  @Override
  public void close() {
    try {
      client.close();
    } finally {
      etcd.close();
    }
  }
}
