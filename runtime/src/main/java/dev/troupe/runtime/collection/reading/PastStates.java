package dev.troupe.runtime.collection.reading;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.OverloadedException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.ForgottenException;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// States that memory does not have any more, read from the store: of a page that follows after a
/// partition has begun anew, or that comes late. Few at a time, as each is as dear as a start;
/// whoever asks for one that another has asked for shares it, and so does whoever comes for its
/// next page. What has not changed since is shared with the newest state.
public final class PastStates {

  private static final int MOST = 4;

  /// For how long a state is kept when nobody has asked for it.
  private static final long KEPT_MILLIS = 5_000;

  /// Of all states together, beside what they share with the newest.
  private static final long MOST_BYTES = 64 << 20;

  private final EventStore store;
  private final Function<TypeRef, IndexEntryReader> readers;
  private final InstantSource time;
  private final Executor executor;
  private final long mostBytes;

  /// Changed by one thread at a time.
  private final Map<Moment, State> states = new ConcurrentHashMap<>();

  /// @param readers tell what must be known of the resources of a collection
  /// @param executor puts together what the store has brought
  public PastStates(
      EventStore store,
      Function<TypeRef, IndexEntryReader> readers,
      InstantSource time,
      Executor executor) {
    this(store, readers, time, executor, MOST_BYTES);
  }

  PastStates(
      EventStore store,
      Function<TypeRef, IndexEntryReader> readers,
      InstantSource time,
      Executor executor,
      long mostBytes) {
    this.store = store;
    this.readers = readers;
    this.time = time;
    this.executor = executor;
    this.mostBytes = mostBytes;
  }

  private record Moment(TypeRef collection, long version) {}

  /// A collection at a moment, as far as somebody has asked for it.
  private static final class State {
    private final Map<PartitionId, Part> parts = new ConcurrentHashMap<>();
    private long askedMillis;

    private long bytes() {
      long sum = 0;
      for (var part : parts.values()) {
        sum += part.loader.fresh();
      }
      return sum;
    }
  }

  private record Part(IndexLoader loader, CompletableFuture<Snapshot> read) {}

  /// The state of a partition at a version.
  ///
  /// @param newest a later one, and everything up to the version is in it
  /// @return fails with [ExpiredException] if it is older than what is kept, with
  ///   [OverloadedException] if too many others are read
  synchronized CompletionStage<Snapshot> at(PartitionId partition, long version, Snapshot newest) {
    forget();
    var moment = new Moment(partition.collection(), version);
    if (states.size() == MOST && !states.containsKey(moment)) {
      return CompletableFuture.failedFuture(tooMany());
    }
    var state = states.computeIfAbsent(moment, _ -> new State());
    state.askedMillis = time.millis();
    var known = state.parts.get(partition);
    if (known != null) {
      return known.read;
    }
    var reader = readers.apply(partition.collection());
    var part = new Part(IndexLoader.of(reader, newest), new CompletableFuture<>());
    state.parts.put(partition, part);
    var _ = part.read.exceptionally(_ -> forget(moment, partition));
    load(state, part, partition, version);
    return part.read;
  }

  /// Lets go what nobody has asked for in a while. To be called now and then.
  synchronized void forget() {
    long late = time.millis() - KEPT_MILLIS;
    states
        .values()
        .removeIf(state ->
            state.askedMillis < late
                && state.parts.values().stream().allMatch(part -> part.read.isDone()));
  }

  /// Whoever asks for it next begins anew.
  private synchronized @Nullable Snapshot forget(Moment moment, PartitionId partition) {
    var state = states.get(moment);
    if (state != null && state.parts.remove(partition) != null && state.parts.isEmpty()) {
      states.remove(moment);
    }
    return null;
  }

  private void load(State state, Part part, PartitionId partition, long version) {
    store
        .scan(partition, version, event -> add(event, part.loader))
        .<Snapshot>thenApplyAsync(
            _ -> {
              requireRoom(state, partition, version);
              return new Root(part.loader.index(), version, 0);
            },
            executor)
        .whenComplete((root, failure) -> {
          if (root != null) {
            part.read.complete(root);
          } else {
            part.read.completeExceptionally(cause(failure));
          }
        });
  }

  /// What is too much is left out: the state is not used then.
  private void add(EventRecord event, IndexLoader loader) {
    if (bytes() <= mostBytes) {
      loader.add(event);
    }
  }

  private long bytes() {
    long sum = 0;
    for (var state : states.values()) {
      sum += state.bytes();
    }
    return sum;
  }

  /// One that is too much by itself will never fit.
  private void requireRoom(State state, PartitionId partition, long version) {
    if (state.bytes() > mostBytes) {
      throw new ExpiredException(
          "too much has changed since the state of " + partition + " at " + version);
    }
    if (bytes() > mostBytes) {
      throw tooMany();
    }
  }

  private static OverloadedException tooMany() {
    return new OverloadedException("too many states of the past are read at the same time");
  }

  private static Throwable cause(Throwable failure) {
    var cause = Failures.cause(failure);
    return switch (cause) {
      case ForgottenException forgotten ->
          new ExpiredException(String.valueOf(forgotten.getMessage()));
      case StoreException failed -> new UnavailableException(String.valueOf(failed.getMessage()));
      default -> cause;
    };
  }
}
