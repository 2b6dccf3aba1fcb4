package dev.troupe.runtime.relay;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.WatchItem.Previous;
import dev.troupe.runtime.relay.logic.RelayMessage;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Reads the log for a relay, and with the changes what was before them where a selector can notice
/// the difference: a watch that an object leaves shows it once more as it was.
public final class LogReader {

  /// No object has a longer history.
  private static final int HISTORY = 1_000;

  private final TypeRef collection;
  private final EventStore store;
  private final IndexEntryReader reader;

  public LogReader(TypeRef collection, EventStore store, IndexEntryReader reader) {
    this.collection = collection;
    this.store = store;
    this.reader = reader;
  }

  /// @param done is told [RelayMessage.Read] or [RelayMessage.ReadFailed], once
  public void read(long request, long after, EventStore.Most most, Consumer<RelayMessage> done) {
    store
        .tail(collection, after, most)
        .thenCompose(tail -> {
          var resources =
              tail.events().stream().map(event -> StoredResource.of(event, reader)).toList();
          return before(tail.events(), resources)
              .thenApply(all -> new RelayMessage.Read(request, tail, resources, all));
        })
        .whenComplete((read, failure) ->
            done.accept(
                read != null
                    ? read
                    : new RelayMessage.ReadFailed(request, String.valueOf(failure))));
  }

  /// Mostly the earlier event has just been read, too. What has not is read one after the other.
  private CompletionStage<Map<Long, byte[]>> before(
      List<EventRecord> events, List<StoredResource> resources) {
    var bodies = new HashMap<Long, byte[]>();
    var before = new HashMap<Long, byte[]>();
    CompletionStage<Map<Long, byte[]>> done = CompletableFuture.completedFuture(before);
    for (int i = 0; i < events.size(); i++) {
      var event = events.get(i);
      bodies.put(event.version(), event.body());
      if (event.type() == EventRecord.Type.UPDATED && Previous.isTold(event, resources.get(i))) {
        byte[] known = bodies.get(event.previousVersion());
        if (known != null) {
          before.put(event.version(), known);
        } else {
          done = done.thenCompose(all -> add(all, event));
        }
      }
    }
    return done;
  }

  private CompletionStage<Map<Long, byte[]>> add(Map<Long, byte[]> all, EventRecord event) {
    return before(event)
        .thenApply(found -> {
          found.ifPresent(record -> all.put(event.version(), record.body()));
          return all;
        });
  }

  /// The event of the object before this one; empty if it is not kept any more.
  ///
  /// The log is cut by version. What is older than that can only be found among all that is kept of
  /// the object.
  public CompletionStage<Optional<EventRecord>> before(EventRecord event) {
    long wanted = event.previousVersion();
    return store
        .tail(collection, wanted - 1, EventStore.Most.of(1))
        .thenCompose(tail ->
            tail.horizon() < wanted
                ? CompletableFuture.completedFuture(tail.events())
                : store.history(event.key(), HISTORY))
        .thenApply(
            found -> found.stream().filter(record -> record.version() == wanted).findFirst());
  }
}
