package dev.troupe.clusterconfig.furnishing;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.reading.Chunk;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers writes by a function, and reads with what was put here.
final class RecordingResources implements Resources {

  final List<WriteRequest> written = new ArrayList<>();
  private final Function<WriteRequest, WriteReply> answer;
  private final Map<ResourceKey, StoredResource> stored = new HashMap<>();

  RecordingResources(Function<WriteRequest, WriteReply> answer) {
    this.answer = answer;
  }

  void put(ResourceKey key, String json) {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    stored.put(
        key,
        new StoredResource(key, "uid-of-" + key.name(), 1, bytes, Map.of(), Map.of(), List.of()));
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    written.add(request);
    return CompletableFuture.completedFuture(answer.apply(request));
  }

  @Override
  public CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    return CompletableFuture.completedFuture(Optional.ofNullable(stored.get(key)));
  }

  @Override
  public CompletionStage<ListCursor> list(ListQuery query) {
    var all = List.copyOf(stored.values());
    return CompletableFuture.completedFuture(
        new ListCursor() {
          @Override
          public long version() {
            return 1;
          }

          @Override
          public long count() {
            return all.size();
          }

          @Override
          public long weight() {
            return 0;
          }

          @Override
          public CompletionStage<Chunk> next() {
            return CompletableFuture.completedFuture(new Chunk(all.iterator(), true));
          }

          @Override
          public void close() {}
        });
  }

  @Override
  public CompletionStage<Snapshot> snapshot(TypeRef collection, @Nullable String namespace) {
    throw new AssertionError();
  }

  @Override
  public CompletionStage<Snapshot> snapshotAt(
      TypeRef collection, @Nullable String namespace, long version) {
    throw new AssertionError();
  }

  @Override
  public Flow.Publisher<WatchItem> watch(
      TypeRef collection, @Nullable String namespace, long after) {
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
