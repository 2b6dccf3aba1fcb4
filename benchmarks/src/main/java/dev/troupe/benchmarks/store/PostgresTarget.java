package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.persistence.postgresql.PostgresEventStore;
import dev.troupe.runtime.store.PartitionId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/// The PostgreSQL engine behind its port, in this process and without Pekko.
final class PostgresTarget implements LoadTarget {

  private record Open(PartitionId partition, long epoch) {}

  private final PostgresServer server;
  private final PostgresEventStore store;
  private final List<Open> partitions;

  PostgresTarget(PostgresServer server, int partitions) {
    this.server = server;
    store = PostgresEventStore.open(server.settings(), InstantSource.system());
    this.partitions = IntStream.range(0, partitions).mapToObj(this::open).toList();
  }

  private Open open(int number) {
    var partition = new PartitionId(Values.COLLECTION, number);
    return new Open(partition, store.open(partition).toCompletableFuture().join().epoch());
  }

  @Override
  public CompletionStage<?> store(long number) {
    var open = partitions.get((int) (number % partitions.size()));
    var group = Values.group(open.partition(), open.epoch(), number);
    return store.append(List.of(group)).thenAccept(Values::checkStored);
  }

  @Override
  public long syncs() {
    return server.syncs();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return server.process();
  }

  @Override
  public void close() {
    store.close();
  }
}
