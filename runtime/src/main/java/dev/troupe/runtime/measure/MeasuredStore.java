package dev.troupe.runtime.measure;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A store whose answers are waited for with a stopwatch.
public final class MeasuredStore implements EventStore {

  private final EventStore store;
  private final LongSupplier nanos;
  private final Durations durations =
      new Durations(
          "troupe_store_duration_seconds",
          "How long the store took for what it was asked, by operation and whether it answered",
          "operation",
          "outcome");

  /// @param nanos a clock that never goes back
  public MeasuredStore(EventStore store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
  }

  public Figure figure() {
    return durations.figure();
  }

  private <T> CompletionStage<T> measured(String operation, Supplier<CompletionStage<T>> answer) {
    long began = nanos.getAsLong();
    return answer
        .get()
        .whenComplete((_, failure) ->
            durations.add(
                nanos.getAsLong() - began, operation, failure == null ? "answered" : "failed"));
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    return measured("open", () -> store.open(partition));
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    return measured("close", () -> store.close(partition, epoch, served));
  }

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    return measured("append", () -> store.append(groups));
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return measured("scan", () -> store.scan(partition, atVersion, each));
  }

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return measured("tail", () -> store.tail(collection, after, most));
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, int limit) {
    return measured("history", () -> store.history(key, limit));
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return measured("prune", () -> store.prune(retention));
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
  public void close() {
    store.close();
  }
}
