package dev.troupe.benchmarks.actors;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// An event store that says `STORED` at once and keeps nothing: what is left is what actors cost.
public final class ForgetfulStore implements EventStore {

  private final EventStore empty = new InMemoryEventStore(InstantSource.system());

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    return CompletableFuture.completedFuture(Collections.nCopies(groups.size(), Outcome.STORED));
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    return empty.open(partition);
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    return empty.close(partition, epoch, served);
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return empty.scan(partition, atVersion, each);
  }

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return empty.tail(collection, after, most);
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return empty.history(key, most);
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return empty.prune(retention);
  }

  @Override
  public CompletionStage<Integer> partitions(TypeRef collection, int wanted) {
    return empty.partitions(collection, wanted);
  }

  @Override
  public void close() {
    empty.close();
  }
}
