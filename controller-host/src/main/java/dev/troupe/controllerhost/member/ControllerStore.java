package dev.troupe.controllerhost.member;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// A store that keeps what controllers have decided, and nothing of the objects that they decided
/// on: of those it is not known what has happened to them since a position.
record ControllerStore(EventStore store) implements EventStore {

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return collection.group().equals(PartitionId.CONTROLLERS)
        ? store.tail(collection, after, most)
        : CompletableFuture.completedStage(Tail.empty(Long.MAX_VALUE));
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    return store.open(partition);
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    return store.close(partition, epoch, served);
  }

  @Override
  public CompletionStage<Void> close(
      PartitionId partition, long epoch, boolean served, Map<String, byte[]> facts) {
    return store.close(partition, epoch, served, facts);
  }

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    return store.append(groups);
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return store.scan(partition, atVersion, each);
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return store.history(key, most);
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return store.prune(retention);
  }

  @Override
  public CompletionStage<Integer> partitions(TypeRef collection, int wanted) {
    return store.partitions(collection, wanted);
  }

  @Override
  public boolean isCurrent() {
    return store.isCurrent();
  }

  @Override
  public Optional<String> trouble() {
    return store.trouble();
  }

  @Override
  public Optional<Commits> recentCommits() {
    return store.recentCommits();
  }

  @Override
  public void close() {
    store.close();
  }
}
