package dev.troupe.apiserver.server;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.collection.WatchItem.Previous;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteReply.Outcome;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Resources in a map: what the runtime promises, without actors and without a store. Answers come
/// from a thread of its own, as the runtime's do.
final class FakeResources implements Resources {

  private static final Comparator<Snapshot.Position> ORDER =
      Comparator.comparing(Snapshot.Position::namespace).thenComparing(Snapshot.Position::name);

  private final ResourceRegistry registry;
  private final Mutator mutator;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Map<TypeRef, Collection> collections = new HashMap<>();
  private volatile CompletableFuture<Void> writable = CompletableFuture.completedFuture(null);
  private volatile UnaryOperator<ListCursor> pieces = UnaryOperator.identity();
  private long clock = 1000;

  FakeResources(ResourceRegistry registry, Mutator mutator) {
    this.registry = registry;
    this.mutator = mutator;
  }

  private static final class Collection {
    NavigableMap<Snapshot.Position, StoredResource> current = new TreeMap<>(ORDER);
    long version = 1000;
    final List<Changed> log = new ArrayList<>();
    final TreeMap<Long, NavigableMap<Snapshot.Position, StoredResource>> states = new TreeMap<>();
    long horizon = 999;
    final List<Watcher> watchers = new ArrayList<>();
  }

  /// Carries no write out until the future is completed.
  CompletableFuture<Void> hold() {
    var held = new CompletableFuture<Void>();
    writable = held;
    return held;
  }

  /// Lets lists come in pieces from now on.
  void pieces(UnaryOperator<ListCursor> cut) {
    pieces = cut;
  }

  /// Forgets what happened before now.
  synchronized void compact(TypeRef type) {
    var collection = collection(type);
    collection.log.clear();
    collection.horizon = collection.version;
    collection.states.clear();
  }

  private Collection collection(TypeRef type) {
    return collections.computeIfAbsent(type, _ -> new Collection());
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    return writable.thenApplyAsync(_ -> apply(request), thread);
  }

  private synchronized WriteReply apply(WriteRequest request) {
    var key = request.mutation().key();
    var collection = collection(key.type());
    var position = new Snapshot.Position(key.namespace(), key.name());
    StoredResource before = collection.current.get(position);
    ObjectNode current = before == null ? null : JsonDecoder.stored(before.json());
    boolean dry = request.mutation().options().dryRun();
    return switch (mutator.apply(current, request.mutation())) {
      case MutationResult.Refused(var refusal) -> new WriteReply.Refused(refusal);
      case MutationResult.Unchanged(_, var warnings) -> {
        if (before == null) {
          throw new IllegalStateException("unchanged without an object");
        }
        yield new WriteReply.Written(Outcome.UNCHANGED, before.json(), before.version(), warnings);
      }
      case MutationResult.Stored(var object, var created, var warnings) -> {
        long version = dry ? (before == null ? 0 : before.version()) : ++clock;
        byte[] json = JsonEncoder.encodeUnversioned(object).withVersion(version);
        if (!dry) {
          store(collection, key, json, version, before, created);
        }
        yield new WriteReply.Written(
            created ? Outcome.CREATED : Outcome.CHANGED, json, version, warnings);
      }
      case MutationResult.Removed(var last, var warnings) -> {
        long version = dry ? 0 : ++clock;
        byte[] json = JsonEncoder.encodeUnversioned(last).withVersion(version);
        if (!dry) {
          remove(collection, key, json, version, before);
        }
        yield new WriteReply.Removed(json, version, warnings);
      }
    };
  }

  private void store(
      Collection collection,
      ResourceKey key,
      byte[] json,
      long version,
      @Nullable StoredResource before,
      boolean created) {
    var stored = stored(key, json, version);
    advance(collection, version).put(new Snapshot.Position(key.namespace(), key.name()), stored);
    publish(
        collection,
        new Changed(
            created ? WatchItem.Type.ADDED : WatchItem.Type.MODIFIED,
            stored,
            before == null
                ? null
                : new Previous(before.labels(), before.fields(), before.content())));
  }

  private void remove(
      Collection collection,
      ResourceKey key,
      byte[] json,
      long version,
      @Nullable StoredResource before) {
    advance(collection, version).remove(new Snapshot.Position(key.namespace(), key.name()));
    publish(
        collection,
        new Changed(
            WatchItem.Type.DELETED,
            stored(key, json, version),
            before == null
                ? null
                : new Previous(before.labels(), before.fields(), before.content())));
  }

  private static NavigableMap<Snapshot.Position, StoredResource> advance(
      Collection collection, long version) {
    collection.states.put(collection.version, collection.current);
    var next = new TreeMap<>(collection.current);
    collection.current = next;
    collection.version = version;
    return next;
  }

  private StoredResource stored(ResourceKey key, byte[] json, long version) {
    var reader = IndexEntryReader.of(registry.find(key.type()).orElseThrow());
    return StoredResource.of(key, version, json, reader.read(json));
  }

  private void publish(Collection collection, Changed change) {
    collection.log.add(change);
    collection.watchers.forEach(watcher -> watcher.offer(change));
  }

  @Override
  public synchronized CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    return snapshotAt(
            key.type(), key.namespace(), Math.max(atLeast, collection(key.type()).version))
        .thenApply(state -> state.get(key.namespace(), key.name()));
  }

  @Override
  public synchronized CompletionStage<Snapshot> snapshot(TypeRef type, @Nullable String namespace) {
    var collection = collection(type);
    return CompletableFuture.completedFuture(new State(collection.version, collection.current));
  }

  @Override
  public synchronized CompletionStage<Snapshot> snapshotAt(
      TypeRef type, @Nullable String namespace, long version) {
    var collection = collection(type);
    if (version > clock) {
      return CompletableFuture.failedFuture(new AheadException("not there yet"));
    }
    if (version >= collection.version) {
      return CompletableFuture.completedFuture(new State(version, collection.current));
    }
    var state = collection.states.floorEntry(version);
    return state == null
        ? CompletableFuture.failedFuture(new ExpiredException("too old"))
        : CompletableFuture.completedFuture(new State(version, state.getValue()));
  }

  @Override
  public CompletionStage<ListCursor> list(ListQuery query) {
    return Resources.super.list(query).thenApply(pieces);
  }

  @Override
  public Flow.Publisher<WatchItem> watch(TypeRef type, @Nullable String namespace, long after) {
    return subscriber -> {
      synchronized (this) {
        var collection = collection(type);
        var watcher = new Watcher(collection, subscriber);
        subscriber.onSubscribe(watcher);
        if (after < collection.horizon) {
          subscriber.onError(new ExpiredException("too old"));
          return;
        }
        collection.log.stream().filter(item -> item.version() > after).forEach(watcher::offer);
        collection.watchers.add(watcher);
      }
    };
  }

  @Override
  public Flow.Publisher<WatchItem> follow(PartitionId partition, long after) {
    return watch(partition.collection(), null, after);
  }

  @Override
  public CompletionStage<Void> closeNamespace(String namespace, String uid, Duration keep) {
    return CompletableFuture.completedFuture(null);
  }

  synchronized int watchers(TypeRef type) {
    return collection(type).watchers.size();
  }

  private final class Watcher implements Flow.Subscription {

    private final Collection collection;
    private final Flow.Subscriber<? super WatchItem> subscriber;
    private final Deque<WatchItem> queue = new ArrayDeque<>();
    private long demand;

    Watcher(Collection collection, Flow.Subscriber<? super WatchItem> subscriber) {
      this.collection = collection;
      this.subscriber = subscriber;
    }

    private void offer(WatchItem item) {
      queue.add(item);
      pump();
    }

    private void pump() {
      while (demand > 0 && !queue.isEmpty()) {
        demand--;
        var item = queue.remove();
        thread.execute(() -> subscriber.onNext(item));
      }
    }

    @Override
    public void request(long n) {
      synchronized (FakeResources.this) {
        demand += n;
        pump();
      }
    }

    @Override
    public void cancel() {
      synchronized (FakeResources.this) {
        collection.watchers.remove(this);
        queue.clear();
      }
    }
  }

  private record State(long version, NavigableMap<Snapshot.Position, StoredResource> map)
      implements Snapshot {

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public Optional<StoredResource> get(String namespace, String name) {
      return Optional.ofNullable(map.get(new Position(namespace, name)));
    }

    @Override
    public Iterator<StoredResource> iterate(@Nullable String namespace, @Nullable Position after) {
      return (after == null ? map : map.tailMap(after, false))
          .values().stream()
              .filter(resource -> namespace == null || resource.key().namespace().equals(namespace))
              .iterator();
    }
  }
}
