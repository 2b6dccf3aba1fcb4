package dev.troupe.runtime.member;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.reading.InTime;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.whereabouts.Elsewhere;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Reads one object where its partition is.
final class PointReads {

  /// For a partition that is where it was and says nothing: whoever waits for it fills the server.
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /// For one that is moving: it is somewhere soon, and a move shall fail no read.
  private static final Duration MOVE = Duration.ofSeconds(10);

  /// Before a partition that is moving is looked for again.
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final PartitionDirectory directory;
  private final PartitionReader reader;
  private final SeenVersions seen;
  private final Freshness freshness;
  private final InstantSource time;
  private final Executor executor;

  PointReads(
      PartitionDirectory directory,
      PartitionReader reader,
      SeenVersions seen,
      Freshness freshness,
      InstantSource time,
      Executor executor) {
    this.directory = directory;
    this.reader = reader;
    this.seen = seen;
    this.freshness = freshness;
    this.time = time;
    this.executor = executor;
  }

  CompletionStage<Optional<StoredResource>> get(
      PartitionId partition, ResourceKey key, long atLeast) {
    var found = directory.find(partition).toCompletableFuture();
    return found.isDone() && found.join() instanceof Here
        ? here(partition, key, atLeast)
            .exceptionallyCompose(failure ->
                isMoving(failure)
                    ? anywhere(partition, key, atLeast)
                    : CompletableFuture.failedFuture(failure))
        : anywhere(partition, key, atLeast);
  }

  /// The newest version that the owner of a partition has now: everything up to it can be read.
  CompletionStage<Long> newest(PartitionId partition) {
    var found = directory.find(partition).toCompletableFuture();
    if (!found.isDone()) {
      return CompletableFuture.failedFuture(
          new UnavailableException("nobody is known to have " + partition));
    }
    return switch (found.join()) {
      case Here _ ->
          freshness.of(reader.newest(partition, Version.NONE)).thenApply(Snapshot::version);
      // Of a resource that cannot be: what is asked for is the state that it is not in.
      case Elsewhere elsewhere ->
          elsewhere
              .get(new ResourceKey(partition.collection(), "", ""), Version.NONE)
              .thenApply(Elsewhere.Sighted::version);
    };
  }

  private CompletionStage<Optional<StoredResource>> here(
      PartitionId partition, ResourceKey key, long atLeast) {
    var read = freshness.of(reader.newest(partition, atLeast));
    return seen.show(key.type(), read, Snapshot::version)
        .thenApply(state -> state.get(key.namespace(), key.name()));
  }

  /// Looks for a partition that moves, until too much time has passed.
  private CompletionStage<Optional<StoredResource>> anywhere(
      PartitionId partition, ResourceKey key, long atLeast) {
    long begun = time.millis();
    var read =
        anywhere(
            partition,
            key,
            atLeast,
            failure -> time.millis() - begun < (isMoving(failure) ? MOVE : SILENCE).toMillis());
    return InTime.of(read.toCompletableFuture(), MOVE, () -> InTime.silence(directory, partition));
  }

  private static boolean isMoving(Throwable failure) {
    return Failures.cause(failure) instanceof UnavailableException unavailable
        && unavailable.isMoving();
  }

  private CompletionStage<Optional<StoredResource>> anywhere(
      PartitionId partition, ResourceKey key, long atLeast, Predicate<Throwable> patience) {
    return directory
        .find(partition)
        .thenComposeAsync(
            where ->
                switch (where) {
                  case Here _ -> here(partition, key, atLeast);
                  case Elsewhere elsewhere -> elsewhere(partition, elsewhere, key, atLeast);
                },
            executor)
        .exceptionallyCompose(failure ->
            Failures.cause(failure) instanceof UnavailableException && patience.test(failure)
                ? CompletableFuture.supplyAsync(
                        () -> anywhere(partition, key, atLeast, patience), later())
                    .thenCompose(again -> again)
                : CompletableFuture.failedFuture(failure));
  }

  private CompletionStage<Optional<StoredResource>> elsewhere(
      PartitionId partition, Elsewhere where, ResourceKey key, long atLeast) {
    var look = where.get(key, atLeast).toCompletableFuture();
    return InTime.of(look, SILENCE, () -> InTime.silence(directory, partition))
        .thenApplyAsync(
            looked -> {
              seen.show(key.type(), looked.version());
              return looked.resource();
            },
            executor);
  }

  private Executor later() {
    return CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, executor);
  }
}
