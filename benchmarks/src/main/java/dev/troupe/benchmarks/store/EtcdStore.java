package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.etcd.EtcdProcess;
import dev.troupe.benchmarks.etcd.EtcdTarget;
import dev.troupe.benchmarks.load.LoadTarget;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// An etcd for one round; writers share up to 16 connections.
final class EtcdStore implements LoadTarget {

  private final EtcdProcess etcd;
  private final EtcdTarget puts;

  private EtcdStore(Path directory, int writers) {
    etcd = EtcdProcess.start(directory);
    puts =
        new EtcdTarget(
            etcd,
            connections(writers),
            writers,
            number -> "/registry/configmaps/default/" + Values.name(number),
            _ -> Values.body());
  }

  /// @throws java.io.UncheckedIOException if there is no etcd
  static Kind kind() {
    return new Kind("etcd " + EtcdProcess.version() + ", over gRPC", EtcdStore::new);
  }

  /// 1, 4 and 16 for 1, 16 and more writers.
  private static int connections(int writers) {
    return Math.min(16, (int) Math.sqrt(writers));
  }

  @Override
  public CompletionStage<?> store(long number) {
    return puts.store(number);
  }

  @Override
  public Executor writers() {
    return puts.writers();
  }

  @Override
  public long syncs() {
    return puts.syncs();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return puts.process();
  }

  @Override
  public void close() {
    try (etcd) {
      puts.close();
    }
  }
}
