package dev.troupe.persistence.embedded.index;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.log.PointerList;
import dev.troupe.persistence.embedded.log.Pointers;
import dev.troupe.persistence.embedded.tables.IndexTables;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the log has changed of late, in memory, above what it says up to some place, in tables.
///
/// Reading looks at the recent layers first and at the tables then: a layer goes when the tables
/// have it, so that an event may be seen twice and is never missed.
public final class LayeredIndex implements EventIndex {

  private final IndexTables tables;
  private final Map<TypeRef, Numbered> collections = new ConcurrentHashMap<>();
  private volatile long firstNeeded = 1;

  /// Newest first; the first one is changed, by the writer and under this lock. The list itself is
  /// replaced.
  private final Object lock = new Object();

  private volatile List<RecentEvents> layers = List.of(new RecentEvents());

  /// @param number in the keys of the tables
  private record Numbered(int number, CollectionState state) {}

  public LayeredIndex(IndexTables tables) {
    this.tables = tables;
    try (var rows = tables.cursor()) {
      var prefix = IndexKeys.collections();
      for (rows.seek(prefix); rows.isIn(prefix); rows.next()) {
        var state = IndexKeys.state(rows.value());
        collections.put(state.collection(), new Numbered(IndexKeys.collection(rows.key()), state));
      }
    }
  }

  /// The part of the log that is not in the tables yet. For the writer.
  RecentEvents recent() {
    return layers.getFirst();
  }

  int layers() {
    return layers.size();
  }

  public long firstNeeded() {
    return firstNeeded;
  }

  /// Begins another layer. For the writer.
  ///
  /// @return what is to be written to the tables, and then [#drop]ped
  Frozen freeze(Reflected reflected) {
    synchronized (lock) {
      var frozen = layers.getFirst();
      var more = new ArrayList<RecentEvents>();
      more.add(new RecentEvents());
      more.addAll(layers);
      layers = List.copyOf(more);
      return new Frozen(frozen, Map.copyOf(collections), reflected);
    }
  }

  /// A part of the log.
  record Frozen(RecentEvents recent, Map<TypeRef, Numbered> collections, Reflected reflected) {

    IndexRows rows(IndexTables tables) {
      var rows = new IndexRows(tables::get);
      collections.forEach((type, numbered) -> {
        rows.add(numbered.number(), recent, type);
        rows.add(numbered.number(), numbered.state());
      });
      rows.add(reflected);
      return rows;
    }
  }

  void drop(Frozen frozen) {
    synchronized (lock) {
      layers = layers.stream().filter(layer -> layer != frozen.recent()).toList();
    }
  }

  private @Nullable Integer number(TypeRef type) {
    var numbered = collections.get(type);
    return numbered == null ? null : numbered.number();
  }

  @Override
  public void trimmed(long first) {
    firstNeeded = Math.max(firstNeeded, first);
  }

  @Override
  public void set(CollectionState state) {
    long horizon = Math.max(state.horizon(), state(state.collection()).horizon());
    var raised = new CollectionState(state.collection(), state.partitions(), horizon);
    int next = collections.size() + 1;
    collections.compute(
        state.collection(),
        (_, known) -> new Numbered(known == null ? next : known.number(), raised));
  }

  @Override
  public CollectionState state(TypeRef collection) {
    var numbered = collections.get(collection);
    return numbered == null ? new CollectionState(collection, 0, 0) : numbered.state();
  }

  @Override
  public List<CollectionState> states() {
    return collections.values().stream().map(Numbered::state).toList();
  }

  @Override
  public void put(List<Indexed> events) {
    synchronized (lock) {
      for (var indexed : events) {
        var event = indexed.event();
        var collection = event.partition().collection();
        if (!collections.containsKey(collection)) {
          set(state(collection));
        }
        recent().put(indexed, indexed.newest() || isNewest(indexed));
      }
    }
  }

  private boolean isNewest(Indexed indexed) {
    var event = indexed.event();
    var known = newest(event.partition(), event.key());
    return known == null || known.version() < event.version();
  }

  @Override
  public void remove(Removed removed) {
    var collection = removed.collection();
    // Before anything is gone, so that whoever misses something sees why.
    set(new CollectionState(collection, state(collection).partitions(), removed.horizon()));
    synchronized (lock) {
      for (long version : removed.versions()) {
        recent().remove(collection, version);
      }
    }
  }

  @Override
  public @Nullable Newest newest(PartitionId partition, ResourceKey key) {
    var now = layers;
    for (int i = 0; i < now.size(); i++) {
      var newest = now.get(i).newest(partition, key);
      if (newest != null) {
        return isRemoved(now.subList(0, i), partition.collection(), newest.version())
            ? null
            : newest;
      }
    }
    var number = number(partition.collection());
    var value =
        number == null
            ? null
            : tables.get(IndexKeys.newest(number, partition.number(), IndexKeys.resource(key)));
    if (value == null) {
      return null;
    }
    var newest = IndexKeys.newest(value);
    return isRemoved(now, partition.collection(), newest.version()) ? null : newest;
  }

  private static boolean isRemoved(List<RecentEvents> layers, TypeRef collection, long version) {
    for (var layer : layers) {
      if (layer.hasRemoved(collection, version)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Long position(TypeRef collection, long version) {
    synchronized (lock) {
      for (var layer : layers) {
        var event = layer.event(collection, version);
        if (event != null) {
          return event.position();
        }
        if (layer.hasRemoved(collection, version)) {
          return null;
        }
      }
    }
    var number = number(collection);
    var value = number == null ? null : tables.get(IndexKeys.version(number, version));
    return value == null ? null : IndexKeys.Place.of(value).position();
  }

  /// Some of what the layers say of a collection, taken before the tables are looked at.
  ///
  /// @param events by version
  /// @param removed versions of what is gone from the tables
  private record Recent(TreeMap<Long, Indexed> events, Set<Long> removed) {}

  /// @param slice what of a layer, by version
  /// @param limit how much of each layer
  private Recent recent(
      TypeRef collection, Function<RecentEvents, Map<Long, Indexed>> slice, int limit) {
    var recent = new Recent(new TreeMap<>(), new HashSet<>());
    synchronized (lock) {
      for (var layer : layers) {
        slice.apply(layer).entrySet().stream()
            .filter(event -> !recent.removed.contains(event.getKey()))
            .limit(limit)
            // A newer layer knows better where an event is.
            .forEach(event -> recent.events.putIfAbsent(event.getKey(), event.getValue()));
        recent.removed.addAll(layer.removed(collection));
      }
    }
    return recent;
  }

  private Recent recent(TypeRef collection) {
    return recent(collection, layer -> layer.events(collection), Integer.MAX_VALUE);
  }

  @Override
  public Pointers latest(PartitionId partition, long atVersion) {
    requireKept(partition, atVersion);
    var collection = partition.collection();
    var recent =
        recent(
            collection,
            layer -> layer.events(collection).headMap(atVersion, true),
            Integer.MAX_VALUE);
    var candidates = new HashMap<ByteBuffer, Indexed>();
    for (var event : recent.events.values()) {
      if (event.event().partition().equals(partition)) {
        candidates.put(ByteBuffer.wrap(IndexKeys.resource(event.event().key())), event);
      }
    }
    var pointers = new PointerList();
    var number = number(collection);
    if (number != null) {
      addKnown(pointers, number, partition.number(), atVersion, candidates, recent.removed);
    }
    candidates.values().forEach(event -> pointers.add(event.event().version(), event.position()));
    // What was removed meanwhile may be missing.
    requireKept(partition, atVersion);
    return pointers.inLogOrder();
  }

  private void requireKept(PartitionId partition, long atVersion) {
    EventStore.requireKept(partition, atVersion, state(partition.collection()).horizon());
  }

  /// @param candidates those that the tables do not know a newer event of remain
  private void addKnown(
      PointerList pointers,
      int collection,
      int partition,
      long atVersion,
      Map<ByteBuffer, Indexed> candidates,
      Set<Long> removed) {
    var prefix = IndexKeys.newests(collection, partition);
    try (var rows = tables.cursor();
        var older = tables.cursor()) {
      for (rows.seek(prefix); rows.isIn(prefix); rows.next()) {
        var resource = IndexKeys.newestResource(rows.key());
        var value = rows.value();
        long version = IndexKeys.newest(value).version();
        if (version > atVersion) {
          older.seekBack(IndexKeys.event(collection, resource, partition, atVersion));
          if (!older.isIn(owner(collection, resource, partition))) {
            continue;
          }
          value = older.value();
          version = IndexKeys.version(older.key());
        }
        var candidate = candidates.get(ByteBuffer.wrap(resource));
        if (candidate == null || candidate.event().version() < version) {
          candidates.remove(ByteBuffer.wrap(resource));
          if (!removed.contains(version)) {
            pointers.add(version, IndexKeys.Place.of(value).position());
          }
        }
      }
    }
  }

  private static byte[] owner(int collection, byte[] resource, int partition) {
    return IndexKeys.owner(IndexKeys.event(collection, resource, partition, 0));
  }

  @Override
  public Pointers tail(TypeRef collection, long after, int limit) {
    var positions = new TreeMap<Long, Long>();
    var recent = recent(collection, layer -> layer.events(collection).tailMap(after, false), limit);
    var number = number(collection);
    if (number != null) {
      var prefix = IndexKeys.versions(number);
      try (var rows = tables.cursor()) {
        for (rows.seek(IndexKeys.version(number, after + 1));
            positions.size() < limit && rows.isIn(prefix);
            rows.next()) {
          long version = IndexKeys.version(rows.key());
          if (!recent.removed.contains(version)) {
            positions.put(version, IndexKeys.Place.of(rows.value()).position());
          }
        }
      }
    }
    recent.events.forEach((version, event) -> positions.put(version, event.position()));
    return first(positions, limit);
  }

  private static Pointers first(Map<Long, Long> positions, int limit) {
    var pointers = new PointerList();
    for (var position : positions.entrySet()) {
      if (pointers.size() == limit) {
        break;
      }
      pointers.add(position.getKey(), position.getValue());
    }
    return pointers.inOrderAdded();
  }

  @Override
  public Pointers history(ResourceKey key, int limit) {
    var collection = key.type();
    var recent = recent(collection);
    var positions = new TreeMap<Long, Long>((a, b) -> Long.compare(b, a));
    var number = number(collection);
    if (number != null) {
      addHistory(positions, IndexKeys.events(number, IndexKeys.resource(key)), recent.removed);
    }
    for (var event : recent.events.values()) {
      if (event.event().key().equals(key)) {
        positions.put(event.event().version(), event.position());
      }
    }
    return first(positions, limit);
  }

  private void addHistory(Map<Long, Long> positions, byte[] prefix, Set<Long> removed) {
    try (var rows = tables.cursor()) {
      for (rows.seek(prefix); rows.isIn(prefix); rows.next()) {
        long version = IndexKeys.version(rows.key());
        if (!removed.contains(version)) {
          positions.put(version, IndexKeys.Place.of(rows.value()).position());
        }
      }
    }
  }

  @Override
  public Removed removable(Pruned rule) {
    var removable = new RemovableEvents(rule);
    var collection = rule.collection();
    var number = number(collection);
    if (number == null) {
      return removable.removed();
    }
    var recent = recent(collection);
    if (hasOld(removable, number, recent)) {
      visitChains(removable, number, recent);
    }
    return removable.removed();
  }

  private boolean hasOld(RemovableEvents removable, int collection, Recent recent) {
    if (!recent.events.isEmpty() && removable.isOld(recent.events.firstKey())) {
      return true;
    }
    var prefix = IndexKeys.versions(collection);
    try (var rows = tables.cursor()) {
      rows.seek(prefix);
      return rows.isIn(prefix) && removable.isOld(IndexKeys.version(rows.key()));
    }
  }

  private void visitChains(RemovableEvents removable, int collection, Recent recent) {
    var above = new TreeMap<byte[], Boolean>(Arrays::compareUnsigned);
    for (var event : recent.events.values()) {
      var header = event.event();
      above.put(
          IndexKeys.event(
              collection,
              IndexKeys.resource(header.key()),
              header.partition().number(),
              header.version()),
          IndexKeys.Place.of(event).deleted());
    }
    var chains = new RemovableEvents.Chains(removable);
    var prefix = IndexKeys.events(collection);
    try (var rows = tables.cursor()) {
      for (rows.seek(prefix); rows.isIn(prefix); rows.next()) {
        var key = rows.key();
        boolean again = above.containsKey(key);
        while (!above.isEmpty() && Arrays.compareUnsigned(above.firstKey(), key) <= 0) {
          var first = above.pollFirstEntry();
          chains.add(first.getKey(), first.getValue());
        }
        if (!again && !recent.removed.contains(IndexKeys.version(key))) {
          chains.add(key, IndexKeys.Place.of(rows.value()).deleted());
        }
      }
    }
    above.forEach(chains::add);
    chains.end();
  }
}
