package dev.troupe.runtime.member;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.ClosingReply;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.reading.InTime;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.ListReader;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
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
import org.jspecify.annotations.Nullable;

/// The resources as this member reaches them.
final class MemberResources implements Resources {

  static final Duration ANSWER_LATE_EVERY = Duration.ofMillis(100);

  private static final Duration FIND_PATIENCE = Duration.ofSeconds(10);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final ResourceRegistry registry;
  private final Placement placement;
  private final Errand.Ways ways;
  private final PartitionDirectory directory;
  private final PartitionReader reader;
  private final PointReads pointReads;
  private final ListReader lists;
  private final Relays relays;
  private final InstantSource time;
  private final Executor executor;
  private final Freshness freshness;
  private final SeenVersions seen;

  /// @param ways how writes go; where callers who name no thread go on after a partition has
  ///   answered
  MemberResources(
      ResourceRegistry registry,
      Placement placement,
      PartitionReader reader,
      Relays relays,
      InstantSource time,
      Errand.Ways ways) {
    this.registry = registry;
    this.placement = placement;
    this.ways = ways;
    this.directory = ways.directory();
    this.executor = ways.executor();
    this.freshness = ways.freshness();
    this.seen = ways.seen();
    this.reader = reader;
    this.pointReads = new PointReads(directory, reader, seen, freshness, time, executor);
    this.lists =
        new ListReader(directory, reader, freshness, seen, time, executor, ways.later() != null);
    this.relays = relays;
    this.time = time;
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    return write(request, executor);
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request, Executor thread) {
    long patience = Duration.between(time.instant(), request.deadline()).toMillis();
    if (patience <= 0) {
      return CompletableFuture.completedFuture(new WriteReply.Refused(ResourceLogic.tooLate()));
    }
    var partition = placement.of(request.mutation().key());
    var errand = new Errand(ways, partition, request, thread);
    long until = time.millis() + patience;
    var found = directory.find(partition).toCompletableFuture();
    return found.isDone()
        ? errand.begin(found.join(), until)
        : found
            .copy()
            .orTimeout(Math.min(patience, FIND_PATIENCE.toMillis()), TimeUnit.MILLISECONDS)
            .thenCompose(where -> errand.begin(where, until))
            .exceptionally(_ -> Errand.unavailable(partition));
  }

  /// Answers whoever has waited too long, and forgets what nobody comes for. To be called now and
  /// then.
  void answerLate() {
    ways.deadlines().look(time.millis());
    reader.forget();
  }

  @Override
  public CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    return pointReads.get(placement.of(key), key, atLeast);
  }

  /// The newest version that the owners of a collection have now.
  CompletionStage<Long> newest(TypeRef collection) {
    var all =
        placement.partitions(collection).stream()
            .map(pointReads::newest)
            .map(CompletionStage::toCompletableFuture)
            .toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(_ -> all.stream().mapToLong(CompletableFuture::join).max().orElse(Version.NONE));
  }

  /// Whether all partitions of a collection are at this member.
  boolean isHere(TypeRef collection) {
    return placement.partitions(collection).stream()
        .allMatch(partition -> directory.here(partition).isPresent());
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

  @Override
  public CompletionStage<ListCursor> list(ListQuery query) {
    if (!placement.has(query.collection())) {
      return CompletableFuture.failedStage(notServed(query.collection()));
    }
    return lists.list(query, partitions(query.collection(), query.namespace()));
  }

  /// It may have been a moment ago: types are defined and taken away.
  private static UnavailableException notServed(TypeRef collection) {
    return new UnavailableException(collection + " is not served here");
  }

  private static Flow.Publisher<WatchItem> nothing(RuntimeException why) {
    return subscriber -> {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {
              // There is nothing.
            }

            @Override
            public void cancel() {
              // It is over.
            }
          });
      subscriber.onError(why);
    };
  }

  private CompletionStage<Snapshot> read(TypeRef collection, CompletionStage<Snapshot> read) {
    return seen.show(collection, freshness.of(read), Snapshot::version);
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
    if (!placement.has(collection)) {
      return nothing(notServed(collection));
    }
    var watched = partitions(collection, namespace);
    var watch = relays.watch(collection, watched, after);
    return watched.size() == 1 ? seen.show(collection, watch) : watch;
  }

  @Override
  public Flow.Publisher<WatchItem> follow(PartitionId partition, long after) {
    return seen.show(
        partition.collection(), relays.watch(partition.collection(), List.of(partition), after));
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

  @Override
  public CompletionStage<Void> closeCollection(TypeRef collection, String uid, Duration keep) {
    var closed =
        placement.partitions(collection).stream()
            .map(partition -> close(partition, uid, keep))
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
                    uid, keep, reply -> executor.execute(() -> closed(answer, reply)))));
    return InTime.of(answer, CLOSE_PATIENCE, () -> InTime.silence(directory, partition));
  }

  private static void closed(CompletableFuture<Void> answer, ClosingReply reply) {
    switch (reply) {
      case ClosingReply.Done _ -> answer.complete(null);
      case ClosingReply.NotNow(var why) ->
          answer.completeExceptionally(new UnavailableException(why));
    }
  }
}
