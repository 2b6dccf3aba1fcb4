package dev.troupe.runtime.store.memory;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The events of one collection of an [InMemoryEventStore], by version and by resource.
final class MemoryCollection {

  private final NavigableMap<Long, EventRecord> byVersion = new TreeMap<>();

  /// Newest first.
  private final Map<ResourceKey, Deque<EventRecord>> byResource = new HashMap<>();

  private long horizon;
  private int partitions;

  int partitions(int wanted) {
    if (partitions == 0) {
      partitions = wanted;
    }
    return partitions;
  }

  /// Stores all of the events or, if one is there already, none.
  boolean append(List<EventRecord> events) {
    var newest = new HashMap<ResourceKey, EventRecord>();
    var versions = new HashSet<Long>();
    for (var event : events) {
      var before = newest.getOrDefault(event.key(), newest(event.key()));
      if (byVersion.containsKey(event.version())
          || !versions.add(event.version())
          || !follows(before, event)) {
        return false;
      }
      newest.put(event.key(), event);
    }
    events.forEach(this::put);
    return true;
  }

  private void put(EventRecord event) {
    byVersion.put(event.version(), event);
    byResource.computeIfAbsent(event.key(), _ -> new ArrayDeque<>()).addFirst(event);
  }

  private @Nullable EventRecord newest(ResourceKey key) {
    var events = byResource.get(key);
    return events == null ? null : events.getFirst();
  }

  private static boolean follows(@Nullable EventRecord before, EventRecord event) {
    if (before == null) {
      return true;
    }
    boolean again =
        before.type() == EventRecord.Type.DELETED
            && event.type() == EventRecord.Type.CREATED
            && event.sequence() == 1;
    return event.version() > before.version() && (again || event.sequence() > before.sequence());
  }

  List<EventRecord> latest(PartitionId partition, long atVersion) {
    EventStore.requireKept(partition, atVersion, horizon);
    return byResource.values().stream()
        .map(events -> latest(events, atVersion))
        .flatMap(Optional::stream)
        .filter(event -> event.partition().equals(partition))
        .toList();
  }

  private static Optional<EventRecord> latest(Deque<EventRecord> events, long atVersion) {
    return events.stream().filter(event -> event.version() <= atVersion).findFirst();
  }

  EventStore.Tail tail(long after, EventStore.Most most) {
    return after < horizon
        ? EventStore.Tail.empty(horizon)
        : EventStore.Tail.of(byVersion.tailMap(after, false).values().iterator(), horizon, most);
  }

  List<EventRecord> history(ResourceKey key, EventStore.Most most) {
    var events = byResource.get(key);
    return events == null ? List.of() : EventStore.Tail.of(events.iterator(), 0, most).events();
  }

  void prune(EventStore.Rule rule, long nowMillis) {
    byResource.values().forEach(events -> prune(events, rule, nowMillis));
    byResource.values().removeIf(Deque::isEmpty);
  }

  private void prune(Deque<EventRecord> events, EventStore.Rule rule, long nowMillis) {
    long oldMillis = nowMillis - rule.age().toMillis();
    long forgottenMillis = Math.min(oldMillis, nowMillis - EventStore.Rule.TOMBSTONE.toMillis());
    var newest = events.getFirst();
    if (newest.type() == EventRecord.Type.DELETED
        && Version.millis(newest.version()) < forgottenMillis) {
      horizon = Math.max(horizon, newest.version());
      events.forEach(event -> byVersion.remove(event.version()));
      events.clear();
      return;
    }
    var kept = new ArrayList<>(events);
    // An event may go when its successor is old too, so that the state at every version above the
    // horizon stays known.
    while (kept.size() > rule.perResource() && kept.get(kept.size() - 2).timeMillis() < oldMillis) {
      byVersion.remove(kept.removeLast().version());
      events.removeLast();
      horizon = Math.max(horizon, kept.getLast().version());
    }
  }
}
