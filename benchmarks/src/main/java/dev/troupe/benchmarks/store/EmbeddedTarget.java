package dev.troupe.benchmarks.store;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.benchmarks.load.Target;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/// The embedded engine behind its port, in this process and without Pekko.
final class EmbeddedTarget implements Target {

  static final Kind KIND =
      new Kind("embedded store, in process", (directory, _) -> new EmbeddedTarget(directory));

  private static final PartitionId PARTITION = new PartitionId(TypeRef.core("configmaps"), 0);
  private static final WriteCause CAUSE = WriteCause.user("admin", "bench", "update");

  private final EmbeddedEventStore store;
  private final long epoch;

  private EmbeddedTarget(Path directory) {
    var settings = EmbeddedSettings.from(ConfigFactory.load());
    store = EmbeddedEventStore.open(directory, settings, InstantSource.system(), _ -> {});
    epoch = store.open(PARTITION).toCompletableFuture().join().epoch();
  }

  @Override
  public CompletionStage<?> store(long number) {
    var group = new Group(PARTITION, epoch, List.of(event(number)), Map.of());
    return store.append(List.of(group)).thenAccept(EmbeddedTarget::checkStored);
  }

  private static void checkStored(List<Outcome> outcomes) {
    if (outcomes.getFirst() != Outcome.STORED) {
      throw new IllegalStateException("not stored: " + outcomes);
    }
  }

  private EventRecord event(long number) {
    return new EventRecord(
        PARTITION,
        epoch,
        Version.atMillis(number),
        Version.atMillis(Values.previous(number)),
        Values.sequence(number),
        EventRecord.Type.UPDATED,
        new ResourceKey(PARTITION.collection(), "default", Values.name(number)),
        "3d6c6f0e-5d4c-4f0a-9d2b-0d1f3c5b7a99",
        Values.body(),
        Map.of("app", "bench"),
        Map.of(),
        CAUSE,
        "",
        number);
  }

  @Override
  public Executor writers() {
    return ForkJoinPool.commonPool();
  }

  @Override
  public long syncs() {
    return store.commits();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return Optional.empty();
  }

  @Override
  public void close() {
    store.close();
  }
}
