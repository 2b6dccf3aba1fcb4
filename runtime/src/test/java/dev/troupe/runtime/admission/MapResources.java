package dev.troupe.runtime.admission;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteReply.Outcome;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Resources in a map, without admission, that can go wrong on request.
final class MapResources implements Resources {

  private final ResourceRegistry registry = ResourceRegistry.standard();
  private final StandardMutator mutator = StandardMutator.standard();
  private final Map<ResourceKey, StoredResource> stored = new HashMap<>();
  private long version = 1000;

  /// How often a resource was asked for.
  int asked;

  /// Every write that was asked for, in order.
  final List<WriteRequest> written = new ArrayList<>();

  /// What happens before a write is decided: others may write, too.
  Consumer<WriteRequest> meanwhile = _ -> {};

  /// What the next write of a type is refused with, instead of being decided.
  final Map<TypeRef, Refusal> refusing = new HashMap<>();

  /// What the next write of a type is answered with, though it is decided and stored.
  final Map<TypeRef, Refusal> losing = new HashMap<>();

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    written.add(request);
    meanwhile.accept(request);
    var type = request.mutation().key().type();
    var refusal = refusing.remove(type);
    if (refusal != null) {
      return CompletableFuture.completedFuture(new WriteReply.Refused(refusal));
    }
    var reply = decide(request);
    var lost = losing.remove(type);
    return CompletableFuture.completedFuture(lost == null ? reply : new WriteReply.Refused(lost));
  }

  /// Decides a write at once.
  WriteReply decide(WriteRequest request) {
    var key = request.mutation().key();
    var before = stored.get(key);
    var current = before == null ? null : JsonDecoder.stored(before.json());
    boolean dry = request.mutation().options().dryRun();
    return switch (mutator.apply(current, request.mutation())) {
      case MutationResult.Refused(var refusal) -> new WriteReply.Refused(refusal);
      case MutationResult.Unchanged(_, var warnings) -> {
        if (before == null) {
          throw new AssertionError("unchanged without an object");
        }
        yield new WriteReply.Written(Outcome.UNCHANGED, before.json(), before.version(), warnings);
      }
      case MutationResult.Stored(var object, var created, var warnings) -> {
        byte[] json = JsonEncoder.encodeUnversioned(object).withVersion(++version);
        if (!dry) {
          stored.put(key, resource(key, json));
        }
        yield new WriteReply.Written(
            created ? Outcome.CREATED : Outcome.CHANGED, json, version, warnings);
      }
      case MutationResult.Removed(var last, var warnings) -> {
        if (!dry) {
          stored.remove(key);
        }
        yield new WriteReply.Removed(
            JsonEncoder.encodeUnversioned(last).withVersion(++version), version, warnings);
      }
    };
  }

  private StoredResource resource(ResourceKey key, byte[] json) {
    var reader = IndexEntryReader.of(registry.find(key.type()).orElseThrow());
    return StoredResource.of(key, version, json, reader.read(json));
  }

  Optional<StoredResource> find(ResourceKey key) {
    return Optional.ofNullable(stored.get(key));
  }

  void remove(ResourceKey key) {
    stored.remove(key);
  }

  /// The names of all resources of a type.
  List<String> names(TypeRef type) {
    return stored.values().stream()
        .filter(one -> one.key().type().equals(type))
        .map(one -> one.key().name())
        .sorted()
        .toList();
  }

  @Override
  public CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    asked++;
    return CompletableFuture.completedFuture(find(key));
  }

  @Override
  public CompletionStage<Snapshot> snapshot(TypeRef collection, @Nullable String namespace) {
    return CompletableFuture.completedFuture(new State(collection, Map.copyOf(stored), version));
  }

  private record State(TypeRef type, Map<ResourceKey, StoredResource> all, long version)
      implements Snapshot {

    @Override
    public int size() {
      throw new AssertionError();
    }

    @Override
    public Optional<StoredResource> get(String namespace, String name) {
      return Optional.ofNullable(all.get(new ResourceKey(type, namespace, name)));
    }

    @Override
    public Iterator<StoredResource> iterate(@Nullable String namespace, @Nullable Position after) {
      return all.values().stream()
          .filter(one -> one.key().type().equals(type))
          .filter(one -> namespace == null || one.key().namespace().equals(namespace))
          .iterator();
    }
  }

  @Override
  public CompletionStage<Snapshot> snapshotAt(
      TypeRef collection, @Nullable String namespace, long at) {
    throw new AssertionError();
  }

  /// Nothing ever comes.
  @Override
  public Flow.Publisher<WatchItem> watch(
      TypeRef collection, @Nullable String namespace, long after) {
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long n) {}

              @Override
              public void cancel() {}
            });
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
