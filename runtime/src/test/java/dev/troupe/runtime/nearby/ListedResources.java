package dev.troupe.runtime.nearby;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.ReadyPieces;
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

/// Resources that can be listed and watched, by one.
final class ListedResources implements Resources {

  List<StoredResource> listed = List.of();
  long version;
  boolean failing;
  int lists;
  private Flow.@Nullable Subscriber<? super WatchItem> watcher;

  void send(WatchItem item) {
    if (watcher != null) {
      watcher.onNext(item);
    }
  }

  void end() {
    if (watcher != null) {
      watcher.onError(new UnavailableException("as asked for"));
    }
  }

  boolean isWatched() {
    return watcher != null;
  }

  @Override
  public CompletionStage<ListCursor> list(ListQuery query) {
    lists++;
    return failing
        ? CompletableFuture.failedFuture(new UnavailableException("as asked for"))
        : CompletableFuture.completedFuture(ReadyPieces.one(version, listed));
  }

  @Override
  public Flow.Publisher<WatchItem> watch(
      TypeRef collection, @Nullable String namespace, long after) {
    return subscriber -> {
      watcher = subscriber;
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
              watcher = null;
            }
          });
    };
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    throw new AssertionError();
  }

  @Override
  public CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    throw new AssertionError();
  }

  @Override
  public CompletionStage<Snapshot> snapshot(TypeRef collection, @Nullable String namespace) {
    throw new AssertionError();
  }

  @Override
  public CompletionStage<Snapshot> snapshotAt(
      TypeRef collection, @Nullable String namespace, long at) {
    throw new AssertionError();
  }

  @Override
  public Flow.Publisher<WatchItem> follow(PartitionId partition, long after) {
    throw new AssertionError();
  }

  @Override
  public CompletionStage<Void> closeNamespace(String namespace, String uid, Duration keep) {
    throw new AssertionError();
  }
}
