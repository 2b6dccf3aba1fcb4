package dev.troupe.apiserver.conversion;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// The objects of one type, read in one of its versions.
final class ConvertedResources implements Resources {

  private final Resources stored;
  private final ConvertedObjects objects;
  private final SharedChanges changes;

  ConvertedResources(Resources stored, ConvertedObjects objects, SharedChanges changes) {
    this.stored = stored;
    this.objects = objects;
    this.changes = changes;
  }

  @Override
  public CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    return stored
        .get(key, atLeast)
        .thenCompose(found ->
            found.isEmpty()
                ? CompletableFuture.completedFuture(found)
                : objects.of(List.of(found.get())).thenApply(one -> Optional.of(one.getFirst())));
  }

  /// What an index knows is of the stored version.
  @Override
  public CompletionStage<ListCursor> list(ListQuery query) {
    return stored.list(query.wanting(null)).thenApply(list -> new ConvertedCursor(list, objects));
  }

  @Override
  public Flow.Publisher<WatchItem> watch(
      TypeRef collection, @Nullable String namespace, long after) {
    var followed = stored.watch(collection, namespace, after);
    return watcher -> followed.subscribe(new ConvertedWatch(watcher, objects, changes));
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    return stored.write(request);
  }

  @Override
  public CompletionStage<Snapshot> snapshot(TypeRef collection, @Nullable String namespace) {
    throw new UnsupportedOperationException("converted objects come as lists");
  }

  @Override
  public CompletionStage<Snapshot> snapshotAt(
      TypeRef collection, @Nullable String namespace, long version) {
    throw new UnsupportedOperationException("converted objects come as lists");
  }

  @Override
  public Flow.Publisher<WatchItem> follow(PartitionId partition, long after) {
    return stored.follow(partition, after);
  }

  @Override
  public CompletionStage<Void> closeNamespace(String namespace, String uid, Duration keep) {
    return stored.closeNamespace(namespace, uid, keep);
  }
}
