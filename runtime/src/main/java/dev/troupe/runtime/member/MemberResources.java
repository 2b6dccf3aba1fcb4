package dev.troupe.runtime.member;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.Whereabouts;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.relay.Relays;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The resources as this member reaches them.
final class MemberResources implements Resources {

  static final Duration ANSWER_LATE_EVERY = Duration.ofMillis(100);

  private static final Duration FIND_PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private static final String NOT_CURRENT =
      "the store does not answer, so that nobody knows what the newest state is";

  private final ResourceRegistry registry;
  private final Placement placement;
  private final PartitionDirectory directory;
  private final PartitionReader reader;
  private final Relays relays;
  private final InstantSource time;
  private final Handover handover;
  private final Executor executor;
  private final BooleanSupplier isCurrent;
  private final Deadlines deadlines = new Deadlines();
  private final SeenVersions seen;

  /// @param executor where callers who name no thread go on after a partition has answered
  /// @param isCurrent whether what has been read until now was the newest state there was
  MemberResources(
      ResourceRegistry registry,
      Placement placement,
      PartitionDirectory directory,
      PartitionReader reader,
      Relays relays,
      InstantSource time,
      Handover handover,
      Executor executor,
      BooleanSupplier isCurrent) {
    this.registry = registry;
    this.placement = placement;
    this.directory = directory;
    this.reader = reader;
    this.relays = relays;
    this.time = time;
    this.handover = handover;
    this.executor = executor;
    this.isCurrent = isCurrent;
    this.seen = new SeenVersions(placement);
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    return write(request, executor);
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request, Executor thread) {
    var key = request.mutation().key();
    long patience = Duration.between(time.instant(), request.deadline()).toMillis();
    if (patience <= 0) {
      return CompletableFuture.completedFuture(new WriteReply.Refused(ResourceLogic.tooLate()));
    }
    var partition = placement.of(key);
    var found = directory.find(partition).toCompletableFuture();
    return found.isDone()
        ? send(request, found.join(), patience, thread)
        : found
            .copy()
            .orTimeout(Math.min(patience, FIND_PATIENCE.toMillis()), TimeUnit.MILLISECONDS)
            .thenCompose(where -> send(request, where, patience, thread))
            .exceptionally(_ -> unavailable(partition));
  }

  private CompletableFuture<WriteReply> send(
      WriteRequest request, Whereabouts partition, long patience, Executor thread) {
    var answer = new CompletableFuture<WriteReply>();
    var waiting =
        deadlines.begin(
            time.millis() + patience, () -> executor.execute(() -> answer.complete(unknown())));
    var _ =
        answer.whenComplete((_, _) -> {
          deadlines.end(waiting);
          handover.end();
        });
    var collection = partition.id().collection();
    var write =
        new PartitionMessage.Write(
            request.behind(seen.of(collection)),
            reply -> {
              seen.show(collection, reply);
              thread.execute(() -> answer.complete(current(reply)));
            });
    handover.begin();
    handover.tell(() -> partition.tell(write));
    return answer;
  }

  /// Answers whoever has waited too long, and forgets what nobody comes for. To be called now and
  /// then.
  void answerLate() {
    deadlines.look(time.millis());
    reader.forget();
  }

  private static WriteReply unavailable(PartitionId partition) {
    return new WriteReply.Refused(
        Refusal.unavailable(partition + " is not open; the write was not stored"));
  }

  private static WriteReply unknown() {
    return new WriteReply.Refused(
        Refusal.timeout("the outcome of the write is unknown: it may have been stored"));
  }

  @Override
  public CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    return read(key.type(), reader.newest(placement.of(key), atLeast))
        .thenApply(state -> state.get(key.namespace(), key.name()));
  }

  @Override
  public CompletionStage<Snapshot> snapshot(TypeRef collection, @Nullable String namespace) {
    return read(
        collection,
        reader.newest(partitions(collection, namespace), Version.atMillis(time.millis())));
  }

  @Override
  public CompletionStage<Snapshot> snapshotAt(
      TypeRef collection, @Nullable String namespace, long version) {
    return read(collection, reader.at(partitions(collection, namespace), version));
  }

  private CompletionStage<Snapshot> read(TypeRef collection, CompletionStage<Snapshot> read) {
    return seen.show(collection, current(read), Snapshot::version);
  }

  /// Passes on what was read, if nobody can have written behind this member's back before.
  private CompletionStage<Snapshot> current(CompletionStage<Snapshot> read) {
    var known = read.toCompletableFuture();
    return known.isDone() && isCurrent.getAsBoolean()
        ? read
        : known.thenApply(snapshot -> {
          if (!isCurrent.getAsBoolean()) {
            throw new UnavailableException(NOT_CURRENT);
          }
          return snapshot;
        });
  }

  /// What was stored is true, as the store has said so; what is only about the present state is
  /// like a read.
  private WriteReply current(WriteReply reply) {
    boolean tellsOfTheState =
        switch (reply) {
          case WriteReply.Written written -> written.outcome() == WriteReply.Outcome.UNCHANGED;
          case WriteReply.Removed _ -> false;
          case WriteReply.Refused refused -> refused.refusal().reason().isConflict();
        };
    return tellsOfTheState && !isCurrent.getAsBoolean()
        ? new WriteReply.Refused(Refusal.unavailable(NOT_CURRENT + "; the write was not stored"))
        : reply;
  }

  private List<PartitionId> partitions(TypeRef collection, @Nullable String namespace) {
    return placement.partitions(collection, isNamespaced(collection) ? namespace : null);
  }

  private boolean isNamespaced(TypeRef collection) {
    return registry.find(collection).map(ResourceType::namespaced).orElse(false);
  }

  @Override
  public Flow.Publisher<WatchItem> watch(
      TypeRef collection, @Nullable String namespace, long after) {
    return relays.watch(collection, partitions(collection, namespace), after);
  }

  @Override
  public Flow.Publisher<WatchItem> follow(PartitionId partition, long after) {
    return relays.watch(partition.collection(), List.of(partition), after);
  }

  @Override
  public CompletionStage<Void> closeNamespace(String namespace, String uid, Duration keep) {
    var closed =
        registry.all().stream()
            .filter(type -> type.stored() && type.namespaced())
            .map(type -> close(placement.of(type.ref(), namespace, ""), uid, keep))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(closed);
  }

  private CompletableFuture<Void> close(PartitionId partition, String uid, Duration keep) {
    var answer = new CompletableFuture<Void>();
    directory
        .find(partition)
        .thenAccept(found ->
            found.tell(
                new PartitionMessage.CloseNamespace(
                    uid, keep, _ -> executor.execute(() -> answer.complete(null)))));
    return answer
        .orTimeout(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure ->
            CompletableFuture.failedFuture(
                failure instanceof TimeoutException
                    ? new UnavailableException(partition + " does not answer")
                    : failure));
  }
}
