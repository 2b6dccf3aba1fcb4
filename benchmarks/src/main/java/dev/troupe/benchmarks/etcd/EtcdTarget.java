package dev.troupe.benchmarks.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.benchmarks.load.LoadTarget;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/// Puts into an etcd, over gRPC on loopback. Closes its connections, not the etcd.
public final class EtcdTarget implements LoadTarget {

  private final EtcdProcess etcd;
  private final EtcdClient client;
  private final LongFunction<String> key;
  private final LongFunction<byte[]> value;

  /// @param connections how many connections the writers share
  public EtcdTarget(
      EtcdProcess etcd,
      int connections,
      int writers,
      LongFunction<String> key,
      LongFunction<byte[]> value) {
    this.etcd = etcd;
    this.key = key;
    this.value = value;
    client = new EtcdClient(etcd.client(), connections, Math.ceilDiv(writers, connections));
  }

  @Override
  public CompletionStage<?> store(long number) {
    return client.put(key.apply(number).getBytes(UTF_8), value.apply(number)).toCompletionStage();
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
  public Optional<ProcessHandle> process() {
    return Optional.of(etcd.process());
  }

  @Override
  public void close() {
    client.close();
  }
}
