package dev.troupe.controllerhost.collection;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllerhost.connection.ApiConnection;
import dev.troupe.controllerhost.connection.RemoteAnswer;
import dev.troupe.controllerhost.connection.RemoteCall;
import dev.troupe.controllerhost.connection.UnreachableException;
import dev.troupe.controllerhost.request.ApiPaths;
import dev.troupe.controllerhost.request.MutationRequests;
import dev.troupe.controllerhost.request.StatusReader;
import dev.troupe.controllerhost.type.RemoteTypes;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The resources of an API server elsewhere, read by list and watch and written over HTTP: all that
/// a controller's host needs to run here as it runs inside a member.
public final class RemoteResources implements Resources {

  private static final int NOT_FOUND = 404;
  private static final int CREATED = 201;

  /// How long it may take until a deletion that was answered shows.
  private static final Duration SHOWN = Duration.ofSeconds(30);

  private final RemoteTypes types;
  private final ApiConnection connection;
  private final String namespace;
  private final Watching watching;
  private final ListPauses pauses;
  private final Deletions deletions = new Deletions();
  private final Map<TypeRef, RemoteCollection> collections = new ConcurrentHashMap<>();
  private final Map<TypeRef, Set<RemoteWatch>> watches = new ConcurrentHashMap<>();

  /// @param namespace the only one that is looked at; empty for all
  /// @param nanos a clock that never goes back
  /// @param random safe for several threads
  public RemoteResources(
      RemoteTypes types,
      ApiConnection connection,
      String namespace,
      WatchTerms terms,
      LongSupplier nanos,
      RandomGenerator random) {
    this.types = types;
    this.connection = connection;
    this.namespace = namespace;
    this.pauses = new ListPauses(random);
    this.watching =
        new Watching(
            connection, terms, deletions, new UnreadableNotes(nanos), nanos, random, this::ended);
  }

  private RemoteCollection collection(TypeRef type) {
    return collections.computeIfAbsent(
        type, ref -> new RemoteCollection(types.find(ref), types.apiVersion(ref), namespace));
  }

  // Reading

  @Override
  public CompletionStage<ListCursor> list(ListQuery query) {
    var type = query.collection();
    var collection = collection(type);
    var gone = deletions.before(type);
    return RemoteList.of(collection, connection)
        .handle((list, failure) -> {
          if (list == null) {
            return failed(collection, failure);
          }
          gone.forEach(one -> one.version().complete(list.version()));
          pauses.over(type);
          watching.notes().over(collection.toString());
          return CompletableFuture.completedStage(list);
        })
        .thenCompose(stage -> stage);
  }

  /// Whoever lists again at once is not to be a burden.
  private CompletionStage<ListCursor> failed(
      RemoteCollection collection, @Nullable Throwable failure) {
    var cause = Failures.cause(failure);
    var words = String.valueOf(cause.getMessage());
    watching.notes().say(collection.toString(), words);
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, pauses.next(collection.type()), TimeUnit.MILLISECONDS)
        .thenCompose(_ -> CompletableFuture.failedStage(new UnavailableException(words)));
  }

  @Override
  public Flow.Publisher<WatchItem> watch(TypeRef type, @Nullable String ignored, long after) {
    return subscriber -> {
      var watch = new RemoteWatch(collection(type), after, watching, subscriber);
      watches.computeIfAbsent(type, _ -> ConcurrentHashMap.newKeySet()).add(watch);
      watch.begin();
    };
  }

  private void ended(RemoteWatch watch) {
    watches.values().forEach(all -> all.remove(watch));
  }

  private Set<RemoteWatch> watches(TypeRef type) {
    return watches.getOrDefault(type, Set.of());
  }

  @Override
  public CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    var path = ApiPaths.object(key, types.apiVersion(key.type()));
    return connection
        .send(RemoteCall.get(path))
        .thenApply(answer -> {
          if (answer.code() == NOT_FOUND) {
            return Optional.empty();
          }
          if (!answer.isGood()) {
            throw new UnavailableException(StatusReader.refusal(answer).message());
          }
          return Optional.of(collection(key.type()).read(ControllerJson.object(answer.body())));
        });
  }

  // Writing

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    return request.mutation().mutation() instanceof Mutation.Delete
        ? delete(request)
        : connection
            .send(MutationRequests.of(request.mutation()))
            .handle(
                (answer, failure) -> answer == null ? refused(failure) : written(request, answer));
  }

  private WriteReply written(WriteRequest request, RemoteAnswer answer) {
    if (!answer.isGood()) {
      return new WriteReply.Refused(StatusReader.refusal(answer));
    }
    var object = ControllerJson.object(answer.body());
    long version = isStatus(object) ? 0 : RemoteVersions.of(object);
    watches(request.mutation().key().type()).forEach(watch -> watch.expect(version));
    return new WriteReply.Written(
        answer.code() == CREATED ? WriteReply.Outcome.CREATED : WriteReply.Outcome.CHANGED,
        answer.body(),
        version,
        List.of());
  }

  private static boolean isStatus(ObjectNode object) {
    return object.path("kind").asString("").equals("Status");
  }

  private static WriteReply refused(@Nullable Throwable failure) {
    var cause = Failures.cause(failure);
    return new WriteReply.Refused(
        cause instanceof UnreachableException unreachable
            ? StatusReader.refusal(unreachable)
            : new Refusal(StatusReason.INTERNAL_ERROR, cause.toString(), null, 0));
  }

  private CompletionStage<WriteReply> delete(WriteRequest request) {
    var awaited = deletions.expect(request.mutation().key());
    return connection
        .send(MutationRequests.of(request.mutation()))
        .handle((answer, failure) ->
            answer == null
                ? CompletableFuture.completedStage(refused(failure))
                : deleted(awaited, answer))
        .thenCompose(stage -> stage)
        .whenComplete((_, _) -> deletions.forget(awaited));
  }

  private CompletionStage<WriteReply> deleted(
      Deletions.AwaitedDeletion awaited, RemoteAnswer answer) {
    if (!answer.isGood()) {
      return CompletableFuture.completedStage(new WriteReply.Refused(StatusReader.refusal(answer)));
    }
    var object = ControllerJson.object(answer.body());
    if (!isStatus(object) && remains(object)) {
      return CompletableFuture.completedStage(
          new WriteReply.Removed(answer.body(), RemoteVersions.of(object), List.of()));
    }
    deletions.answered(awaited);
    if (watches(awaited.key().type()).isEmpty()) {
      return CompletableFuture.completedStage(new WriteReply.Removed(answer.body(), 0, List.of()));
    }
    return awaited
        .version()
        .copy()
        .completeOnTimeout(-1L, SHOWN.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(version -> version >= 0 ? removed(answer, version) : notShown(awaited.key()));
  }

  /// Whether it is there until its finalizers have gone, or its time is over.
  private static boolean remains(ObjectNode object) {
    var metadata = object.path("metadata");
    return metadata.hasNonNull("deletionTimestamp")
        && (!metadata.path("finalizers").isEmpty()
            || metadata.path("deletionGracePeriodSeconds").asLong(0) > 0);
  }

  private static WriteReply removed(RemoteAnswer answer, long version) {
    return new WriteReply.Removed(answer.body(), version, List.of());
  }

  private static WriteReply notShown(ResourceKey key) {
    return new WriteReply.Refused(
        new Refusal(
            StatusReason.TIMEOUT,
            "the deletion of " + key + " was answered, and no watch has shown it since",
            null,
            0));
  }

  // What only members can do

  @Override
  public CompletionStage<Snapshot> snapshot(TypeRef collection, @Nullable String ignored) {
    return notHere();
  }

  @Override
  public CompletionStage<Snapshot> snapshotAt(
      TypeRef collection, @Nullable String ignored, long version) {
    return notHere();
  }

  @Override
  public Flow.Publisher<WatchItem> follow(PartitionId partition, long after) {
    return watch(partition.collection(), null, after);
  }

  @Override
  public CompletionStage<Void> closeNamespace(String closed, String uid, Duration keep) {
    return notHere();
  }

  private static <T> CompletionStage<T> notHere() {
    return CompletableFuture.failedStage(
        new UnavailableException("only a member of Troupe can do that, not an API server"));
  }
}
