package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.collection.whereabouts.Elsewhere;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.Whereabouts;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads partitions: from what they have published where that is enough, else by asking them, or
/// from the store if it is about the past.
public final class PartitionReader {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// How often a state of several partitions is put together at most.
  private static final int TRIES = 3;

  private final PartitionDirectory directory;
  private final PastStates past;
  private final Executor executor;

  /// @param executor where readers go on after a partition has answered
  public PartitionReader(PartitionDirectory directory, PastStates past, Executor executor) {
    this.directory = directory;
    this.past = past;
    this.executor = executor;
  }

  /// The newest state of one partition, or of several at one version.
  ///
  /// @param now the lowest version that a state of several may have
  public CompletionStage<Snapshot> newest(List<PartitionId> partitions, long now) {
    return partitions.size() == 1 ? newest(partitions.getFirst(), 0) : merged(partitions, now, 1);
  }

  /// A state that has just been published is soon forgotten if very much is written: then a newer
  /// one is agreed on.
  private CompletionStage<Snapshot> merged(List<PartitionId> partitions, long now, int attempt) {
    return together(partitions, id -> newest(id, now))
        .thenCompose(parts -> {
          long highest = parts.stream().mapToLong(Snapshot::version).max().orElse(now);
          return at(partitions, highest, PartitionReader::expired);
        })
        .exceptionallyCompose(failure ->
            switch (Failures.cause(failure)) {
              case ExpiredException _ when attempt < TRIES -> merged(partitions, now, attempt + 1);
              case ExpiredException _, AheadException _ ->
                  CompletableFuture.failedFuture(
                      new UnavailableException(
                          "the partitions of "
                              + partitions.getFirst().collection()
                              + " do not come to one version"));
              default -> CompletableFuture.failedFuture(failure);
            });
  }

  /// What becomes of a read of the past that memory does not have any more.
  private interface Forgotten {
    CompletionStage<Snapshot> at(PartitionId partition, long version, Snapshot newest);
  }

  /// The state at exactly this version.
  public CompletionStage<Snapshot> at(List<PartitionId> partitions, long version) {
    return at(partitions, version, past::at);
  }

  /// The state of one partition at exactly this version.
  ///
  /// @param fromStore whether the store is asked for what memory does not have any more
  public CompletionStage<Snapshot> at(PartitionId partition, long version, boolean fromStore) {
    return fromStore
        ? at(List.of(partition), version, past::at)
        : at(List.of(partition), version, PartitionReader::expired);
  }

  /// Lets go of the past what nobody has asked for in a while. To be called now and then.
  public void forget() {
    past.forget();
  }

  private CompletionStage<Snapshot> at(
      List<PartitionId> partitions, long version, Forgotten forgotten) {
    return together(partitions, id -> at(id, version, forgotten))
        .thenApply(parts ->
            parts.size() == 1 && parts.getFirst().version() == version
                ? parts.getFirst()
                : new MergedSnapshot(version, parts));
  }

  /// The newest state of one partition.
  ///
  /// @param atLeast everything up to this version is in it
  public CompletionStage<Snapshot> newest(PartitionId partition, long atLeast) {
    var found = directory.find(partition).toCompletableFuture();
    var newest = found.isDone() ? published(found.join()) : null;
    return newest != null && newest.version() >= atLeast
        ? CompletableFuture.completedFuture(newest)
        : ask(partition, atLeast);
  }

  private CompletionStage<Snapshot> at(PartitionId partition, long version, Forgotten forgotten) {
    return newest(partition, version)
        .thenCombine(
            directory.find(partition),
            (newest, where) ->
                newest.version() == version
                    ? CompletableFuture.completedFuture(newest)
                    : published(where, version)
                        .<CompletionStage<Snapshot>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> forgotten.at(partition, version, newest)))
        .thenCompose(Function.identity());
  }

  private static @Nullable Root published(Whereabouts where) {
    return where instanceof Here here ? here.roots().newest() : null;
  }

  private static Optional<Root> published(Whereabouts where, long version) {
    return where instanceof Here here ? here.roots().at(version) : Optional.empty();
  }

  private static CompletionStage<Snapshot> expired(
      PartitionId partition, long version, Snapshot newest) {
    return CompletableFuture.failedFuture(
        new ExpiredException(
            "the state of %s at %d is no longer kept (newest %d)"
                .formatted(partition, version, newest.version())));
  }

  /// Waits until everything up to `version` is known.
  private CompletionStage<Snapshot> ask(PartitionId partition, long version) {
    var answer = new CompletableFuture<Snapshot>();
    directory
        .find(partition)
        .thenAccept(where -> {
          switch (where) {
            case Here here ->
                here.tell(
                    new PartitionMessage.Ask(
                        version,
                        promise -> executor.execute(() -> complete(partition, answer, promise))));
            case Elsewhere _ -> answer.completeExceptionally(notHere(partition));
          }
        });
    return InTime.of(answer, PATIENCE, () -> InTime.silence(directory, partition));
  }

  private static UnavailableException notHere(PartitionId partition) {
    return new UnavailableException(partition + " is at another member", true);
  }

  private static void complete(
      PartitionId partition, CompletableFuture<Snapshot> answer, Promise promise) {
    switch (promise) {
      case Promise.Given(var root) -> answer.complete(root);
      case Promise.Known _ -> answer.completeExceptionally(notHere(partition));
      case Promise.Ahead(var version) ->
          answer.completeExceptionally(
              new AheadException("version " + version + " is ahead of time"));
      case Promise.Denied(var why, var moving) ->
          answer.completeExceptionally(new UnavailableException(why, moving));
    }
  }

  private static CompletionStage<List<Snapshot>> together(
      List<PartitionId> partitions, Function<PartitionId, CompletionStage<Snapshot>> read) {
    var parts = partitions.stream().map(read).map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(_ -> parts.stream().map(CompletableFuture::join).toList());
  }
}
