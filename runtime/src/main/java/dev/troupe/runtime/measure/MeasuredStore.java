package dev.troupe.runtime.measure;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A store whose answers are waited for with a stopwatch.
public final class MeasuredStore implements EventStore {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventStore store;
  private final LongSupplier nanos;
  private final Durations durations =
      new Durations(
          "troupe_store_duration_seconds",
          "How long the store took for what it was asked, by operation and whether it answered",
          "operation",
          "outcome");
  private final RecentCommits commits = new RecentCommits();

  /// @param nanos a clock that never goes back
  public MeasuredStore(EventStore store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
  }

  public List<Figure> figures() {
    return Stream.concat(
            Stream.of(durations.figure()), recentCommits().stream().flatMap(MeasuredStore::levels))
        .toList();
  }

  private static Stream<Figure> levels(Commits commits) {
    return Stream.of(
        new Figure.Level(
            "troupe_store_commit_seconds",
            "How long the last commits took, of which some hundred are remembered",
            List.of(
                new Figure.Sample(Map.of("quantile", "0.5"), commits.medianNanos() / NANOS),
                new Figure.Sample(Map.of("quantile", "0.99"), commits.slowNanos() / NANOS))),
        Figure.Level.of(
            "troupe_store_last_commit_age_seconds",
            "How long ago the last commit was over; nothing is committed while nobody writes",
            commits.sinceNanos() / NANOS));
  }

  private <T> CompletionStage<T> measured(String operation, Supplier<CompletionStage<T>> answer) {
    return measured(operation, answer, (_, _, _) -> {});
  }

  /// What is done with an answer.
  @FunctionalInterface
  private interface Answered<T> {
    void with(T answer, long took, long now);
  }

  private <T> CompletionStage<T> measured(
      String operation, Supplier<CompletionStage<T>> answer, Answered<T> then) {
    long began = nanos.getAsLong();
    return answer
        .get()
        .whenComplete((given, failure) -> {
          long now = nanos.getAsLong();
          durations.add(now - began, operation, failure == null ? "answered" : "failed");
          if (failure == null) {
            then.with(given, now - began, now);
          }
        });
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
    return measured(
        "append",
        () -> store.append(groups),
        (outcomes, took, now) -> {
          if (outcomes.contains(Outcome.STORED)) {
            commits.add(took, now);
          }
        });
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
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return measured("history", () -> store.history(key, most));
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
  public Optional<Commits> recentCommits() {
    return commits.report(nanos.getAsLong());
  }

  @Override
  public void close() {
    store.close();
  }
}
