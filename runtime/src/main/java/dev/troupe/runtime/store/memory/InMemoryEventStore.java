package dev.troupe.runtime.store.memory;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// An event store that forgets everything with its JVM: for tests and worlds of virtual time. Every
/// stage that it returns is complete already.
public final class InMemoryEventStore implements EventStore {

  private final InstantSource clock;
  private final Map<PartitionId, MemoryPartition> partitions = new HashMap<>();
  private final Map<TypeRef, MemoryCollection> collections = new HashMap<>();
  private boolean closed;

  /// @param clock tells [#prune] how old an event is
  public InMemoryEventStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    return answer(() -> partition(partition).open());
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    return answerNothing(() -> partition(partition).close(epoch, served));
  }

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    return answer(() -> groups.stream().map(this::append).toList());
  }

  private Outcome append(Group group) {
    var partition = partition(group.partition());
    if (!partition.isOpenIn(group.epoch())) {
      return Outcome.FENCED;
    }
    if (!collection(group.partition().collection()).append(group.events())) {
      return Outcome.DUPLICATE;
    }
    partition.stored(group);
    return Outcome.STORED;
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return answer(() -> collection(partition.collection()).latest(partition, atVersion))
        .thenApply(records -> {
          records.forEach(each);
          return (long) records.size();
        });
  }

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return answer(() -> collection(collection).tail(after, most));
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return answer(() -> collection(key.type()).history(key, most));
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return answerNothing(() ->
        collections.forEach(
            (type, collection) -> collection.prune(retention.of(type), clock.millis())));
  }

  @Override
  public CompletionStage<Integer> partitions(TypeRef collection, int wanted) {
    return answer(() -> collection(collection).partitions(wanted));
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private MemoryPartition partition(PartitionId id) {
    return partitions.computeIfAbsent(id, _ -> new MemoryPartition());
  }

  private MemoryCollection collection(TypeRef type) {
    return collections.computeIfAbsent(type, _ -> new MemoryCollection());
  }

  private CompletionStage<Void> answerNothing(Runnable effect) {
    return answer(
            () -> {
              effect.run();
              return true;
            })
        .thenAccept(_ -> {});
  }

  private synchronized <T> CompletionStage<T> answer(Supplier<T> question) {
    if (closed) {
      return CompletableFuture.failedFuture(new StoreException("the event store is closed"));
    }
    try {
      return CompletableFuture.completedFuture(question.get());
    } catch (StoreException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
