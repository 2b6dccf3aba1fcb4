package dev.troupe.benchmarks.store;

import com.typesafe.config.ConfigFactory;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.runtime.store.PartitionId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The embedded engine behind its port, in this process and without Pekko.
final class EmbeddedTarget implements LoadTarget {

  static final Kind KIND =
      new Kind("embedded store, in process", (directory, _) -> new EmbeddedTarget(directory));

  private static final PartitionId PARTITION = new PartitionId(Values.COLLECTION, 0);

  private final EmbeddedEventStore store;
  private final long epoch;

  private EmbeddedTarget(Path directory) {
    var settings = EmbeddedSettings.from(ConfigFactory.load());
    store = EmbeddedEventStore.open(directory, settings, InstantSource.system(), _ -> {});
    epoch = store.open(PARTITION).toCompletableFuture().join().epoch();
  }

  @Override
  public CompletionStage<?> store(long number) {
    var group = Values.group(PARTITION, epoch, number);
    return store.append(List.of(group)).thenAccept(Values::checkStored);
  }

  @Override
  public long syncs() {
    return store.commits();
  }

  @Override
  public void close() {
    store.close();
  }
}
