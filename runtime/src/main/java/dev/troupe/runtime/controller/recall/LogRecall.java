package dev.troupe.runtime.controller.recall;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.relay.LogReader;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Finds the objects of a collection that have changed between two versions, and what they were
/// before.
public final class LogRecall {

  private static final EventStore.Most PAGE = new EventStore.Most(500, 8 << 20);

  /// Where more has changed it is no less work to look at everything.
  private static final int MOST_OBJECTS = 2_000;

  private static final int MOST_EVENTS = 20_000;

  /// Of the changes that are read; and as much again of what was before them.
  private static final long MOST_BYTES = 32L << 20;

  private final EventStore store;
  private final ResourceRegistry registry;

  public LogRecall(EventStore store, ResourceRegistry registry) {
    this.store = store;
    this.registry = registry;
  }

  /// @param after from where on
  /// @param upTo nothing at or below it is still to come
  /// @return empty if that is not kept any more, or too much
  public CompletionStage<Optional<List<Earlier>>> since(TypeRef type, long after, long upTo) {
    var reader = IndexEntryReader.of(registry.find(type).orElseThrow());
    return new Reading(type, upTo, reader).from(after);
  }

  /// An object whose first change was this one.
  ///
  /// @param last the object as it was deleted; null if it is there
  private record Changed(EventRecord first, @Nullable StoredResource last) {}

  private final class Reading {

    private final TypeRef type;
    private final long upTo;
    private final IndexEntryReader reader;
    private final LogReader log;
    private final Map<ResourceKey, Changed> changed = new HashMap<>();
    private int events;
    private long bytes;

    Reading(TypeRef type, long upTo, IndexEntryReader reader) {
      this.type = type;
      this.upTo = upTo;
      this.reader = reader;
      this.log = new LogReader(type, store, reader);
    }

    CompletionStage<Optional<List<Earlier>>> from(long after) {
      return store.tail(type, after, PAGE).thenCompose(tail -> take(after, tail));
    }

    private CompletionStage<Optional<List<Earlier>>> take(long after, EventStore.Tail tail) {
      if (tail.horizon() > after) {
        return noMore();
      }
      for (var event : tail.events()) {
        if (event.version() > upTo) {
          return earlier();
        }
        take(event);
        bytes += event.body().length;
      }
      events += tail.events().size();
      if (bytes > MOST_BYTES || changed.size() > MOST_OBJECTS) {
        return noMore();
      }
      if (tail.complete()) {
        return earlier();
      }
      return events >= MOST_EVENTS ? noMore() : from(tail.events().getLast().version());
    }

    private void take(EventRecord event) {
      var known = changed.get(event.key());
      var first = known == null ? event : known.first;
      boolean deleted = event.type() == EventRecord.Type.DELETED;
      changed.put(
          event.key(), new Changed(first, deleted ? StoredResource.of(event, reader) : null));
    }

    /// One after the other: an object's history can be long.
    private CompletionStage<Optional<List<Earlier>>> earlier() {
      CompletionStage<Optional<List<Earlier>>> all =
          CompletableFuture.completedStage(Optional.of(new ArrayList<>()));
      bytes = 0;
      for (var one : changed.values()) {
        all = all.thenCompose(found -> found.isEmpty() ? noMore() : add(found.get(), one));
      }
      return all;
    }

    private static CompletionStage<Optional<List<Earlier>>> noMore() {
      return CompletableFuture.completedStage(Optional.empty());
    }

    private CompletionStage<Optional<List<Earlier>>> add(List<Earlier> found, Changed one) {
      return earlier(one)
          .thenApply(earlier ->
              earlier
                  .filter(this::fits)
                  .map(known -> {
                    found.add(known);
                    return found;
                  }));
    }

    private boolean fits(Earlier known) {
      bytes += known.object() == null ? 0 : known.object().size();
      return bytes <= MOST_BYTES;
    }

    /// Empty if it is not kept any more what it was.
    private CompletionStage<Optional<Earlier>> earlier(Changed one) {
      var first = one.first;
      return switch (first.type()) {
        case CREATED -> known(first.key(), one.last);
        case DELETED -> known(first.key(), StoredResource.of(first, reader));
        case UPDATED ->
            log.before(first)
                .thenApply(before ->
                    before.map(
                        event -> new Earlier(first.key(), StoredResource.of(event, reader))));
      };
    }

    private static CompletionStage<Optional<Earlier>> known(
        ResourceKey key, @Nullable StoredResource object) {
      return CompletableFuture.completedStage(Optional.of(new Earlier(key, object)));
    }
  }
}
