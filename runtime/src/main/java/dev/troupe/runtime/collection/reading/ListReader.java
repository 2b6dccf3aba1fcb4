package dev.troupe.runtime.collection.reading;

import dev.troupe.api.resource.Version;
import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.whereabouts.Elsewhere;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.Whereabouts;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Lists partitions, wherever they are: one state of all of them, which is held everywhere before
/// the first piece of the list is handed out.
public final class ListReader {

  /// For partitions that are where they were, one of which says nothing: whoever waits for it fills
  /// the server.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /// For one that is moving: it is somewhere soon, and a move shall fail no list.
  private static final Duration MOVE = Duration.ofSeconds(10);

  /// Before it is looked for again.
  private static final Duration PAUSE = Duration.ofMillis(20);

  /// How often a version of several partitions is agreed on at most.
  private static final int TRIES = 3;

  private final PartitionDirectory directory;
  private final PartitionReader reader;
  private final Freshness freshness;
  private final SeenVersions seen;
  private final InstantSource time;
  private final Executor executor;
  private final boolean mayMove;

  /// @param executor where it goes on after others have answered
  /// @param mayMove whether partitions can be elsewhere
  public ListReader(
      PartitionDirectory directory,
      PartitionReader reader,
      Freshness freshness,
      SeenVersions seen,
      InstantSource time,
      Executor executor,
      boolean mayMove) {
    this.directory = directory;
    this.reader = reader;
    this.freshness = freshness;
    this.seen = seen;
    this.time = time;
    this.executor = executor;
    this.mayMove = mayMove;
  }

  /// @param partitions all that can have something of what is listed
  /// @return fails as of [dev.troupe.runtime.collection.Resources#list]
  public CompletionStage<ListCursor> list(ListQuery query, List<PartitionId> partitions) {
    return mayMove ? list(query, partitions, time.millis()) : here(query, partitions);
  }

  private CompletionStage<ListCursor> list(
      ListQuery query, List<PartitionId> partitions, long begun) {
    boolean allHere = partitions.stream().allMatch(this::isHere);
    var listed =
        allHere
            ? here(query, partitions)
            : inTime(anywhere(query, partitions), partitions, left(begun));
    return listed.exceptionallyCompose(failure ->
        isWorthMore(Failures.cause(failure), begun)
            ? CompletableFuture.supplyAsync(() -> list(query, partitions, begun), later())
                .thenCompose(again -> again)
            : CompletableFuture.failedFuture(Failures.cause(failure)));
  }

  private boolean isWorthMore(Throwable failure, long begun) {
    return failure instanceof UnavailableException unavailable
        && time.millis() - begun < (unavailable.isMoving() ? MOVE : SILENCE).toMillis();
  }

  /// How long one attempt may take.
  private Duration left(long begun) {
    long left = begun + MOVE.toMillis() - time.millis();
    return Duration.ofMillis(Math.clamp(left, 1, SILENCE.toMillis()));
  }

  private boolean isHere(PartitionId partition) {
    return directory.here(partition).isPresent();
  }

  private Executor later() {
    return CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, executor);
  }

  private CompletionStage<ListCursor> here(ListQuery query, List<PartitionId> partitions) {
    var state =
        query.version() == ListQuery.NEWEST
            ? reader.newest(partitions, now())
            : reader.at(partitions, query.version());
    return shown(query, state).thenApply(read -> new LocalCursor(read, query));
  }

  private CompletionStage<Snapshot> shown(ListQuery query, CompletionStage<Snapshot> state) {
    return seen.show(query.collection(), freshness.of(state), Snapshot::version);
  }

  private long now() {
    return Version.atMillis(time.millis());
  }

  // Elsewhere

  private CompletionStage<ListCursor> anywhere(ListQuery query, List<PartitionId> partitions) {
    if (query.version() != ListQuery.NEWEST) {
      return all(query, partitions, true);
    }
    return partitions.size() == 1
        ? at(partitions.getFirst(), where -> part(where, query, false))
        : together(query, partitions, 1);
  }

  /// What is agreed on is soon forgotten if very much is written: then it is done again.
  private CompletionStage<ListCursor> together(
      ListQuery query, List<PartitionId> partitions, int attempt) {
    long now = now();
    return every(partitions, where -> newest(where, now))
        .thenCompose(versions -> {
          long highest = versions.stream().mapToLong(version -> version).max().orElse(now);
          return all(query.at(highest), partitions, false);
        })
        .exceptionallyCompose(failure ->
            switch (Failures.cause(failure)) {
              case ExpiredException _ when attempt < TRIES ->
                  together(query, partitions, attempt + 1);
              case ExpiredException _, AheadException _ ->
                  CompletableFuture.failedFuture(
                      new UnavailableException(
                          "the partitions of "
                              + query.collection()
                              + " do not come to one version"));
              default -> CompletableFuture.failedFuture(failure);
            });
  }

  private CompletionStage<Long> newest(Whereabouts where, long atLeast) {
    return switch (where) {
      case Here here ->
          freshness.of(reader.newest(here.id(), atLeast)).thenApply(Snapshot::version);
      case Elsewhere elsewhere -> elsewhere.newest(atLeast);
    };
  }

  private CompletionStage<ListCursor> all(
      ListQuery query, List<PartitionId> partitions, boolean fromStore) {
    var parts =
        partitions.stream()
            .map(id -> at(id, where -> part(where, query, fromStore)).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApplyAsync(_ -> merged(query, parts), executor)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            parts.stream()
                .filter(part -> !part.isCompletedExceptionally())
                .forEach(part -> part.join().close());
          }
        });
  }

  private ListCursor merged(ListQuery query, List<CompletableFuture<ListCursor>> parts) {
    seen.show(query.collection(), query.version());
    var cursors = parts.stream().map(CompletableFuture::join).toList();
    return cursors.size() == 1 ? cursors.getFirst() : new MergedCursor(query, cursors, executor);
  }

  private CompletionStage<ListCursor> part(Whereabouts where, ListQuery query, boolean fromStore) {
    return switch (where) {
      case Here here -> {
        var state =
            query.version() == ListQuery.NEWEST
                ? reader.newest(here.id(), Version.NONE)
                : reader.at(here.id(), query.version(), fromStore);
        yield shown(query, state).thenApply(read -> new LocalCursor(read, query));
      }
      case Elsewhere elsewhere -> elsewhere.list(query, fromStore);
    };
  }

  private <T> CompletionStage<T> at(
      PartitionId partition, Function<Whereabouts, CompletionStage<T>> asked) {
    return directory.find(partition).thenComposeAsync(asked, executor);
  }

  private <T> CompletionStage<List<T>> every(
      List<PartitionId> partitions, Function<Whereabouts, CompletionStage<T>> asked) {
    var answers = partitions.stream().map(id -> at(id, asked).toCompletableFuture()).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(_ -> answers.stream().map(CompletableFuture::join).toList());
  }

  /// What comes too late is let go.
  private CompletionStage<ListCursor> inTime(
      CompletionStage<ListCursor> list, List<PartitionId> partitions, Duration patience) {
    var answer = new CompletableFuture<ListCursor>();
    var _ =
        list.whenComplete((cursor, failure) -> {
          boolean inTime =
              cursor == null
                  ? answer.completeExceptionally(Failures.cause(failure))
                  : answer.complete(cursor);
          if (cursor != null && !inTime) {
            cursor.close();
          }
        });
    return InTime.of(answer, patience, () -> silent(partitions));
  }

  private UnavailableException silent(List<PartitionId> partitions) {
    var missing = directory.missing(partitions);
    return missing.isEmpty()
        ? new UnavailableException(
            "a partition of " + partitions.getFirst().collection() + " does not answer")
        : new UnavailableException(missing.getFirst() + " is not open", true);
  }
}
