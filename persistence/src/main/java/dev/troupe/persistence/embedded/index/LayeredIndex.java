package dev.troupe.persistence.embedded.index;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.index.CollectionNumbers.Numbered;
import dev.troupe.persistence.embedded.log.PointerList;
import dev.troupe.persistence.embedded.log.Pointers;
import dev.troupe.persistence.embedded.tables.IndexTables;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the log has changed of late, in memory, above what it says up to some place, in tables.
///
/// Reading looks at the recent layers first and at the tables then: a layer goes when the tables
/// have it, so that an event may be seen twice and is never missed.
public final class LayeredIndex implements EventIndex {

  private final IndexTables tables;
  private final CollectionNumbers collections;
  private final Layers layers = new Layers();

  /// Made once: it is asked for with every frame.
  private final Predicate<Indexed> isNewest = this::isNewest;

  private volatile long firstNeeded = 1;

  public LayeredIndex(IndexTables tables) {
    this.tables = tables;
    collections = new CollectionNumbers(tables);
  }

  /// The part of the log that is not in the tables yet. For the writer.
  RecentEvents recent() {
    return layers.first();
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
    return new Frozen(layers.freeze(), collections.now(), reflected);
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
    layers.drop(frozen.recent());
  }

  @Override
  public void trimmed(long first) {
    firstNeeded = Math.max(firstNeeded, first);
  }

  @Override
  public void set(CollectionState state) {
    collections.set(state);
  }

  @Override
  public CollectionState state(TypeRef collection) {
    return collections.state(collection);
  }

  @Override
  public List<CollectionState> states() {
    return collections.states();
  }

  @Override
  public void put(List<Indexed> events) {
    for (var indexed : events) {
      collections.add(indexed.event().partition().collection());
    }
    layers.put(events, isNewest);
  }

  private boolean isNewest(Indexed indexed) {
    var event = indexed.event();
    var known = newest(event.partition(), event.key());
    return known == null || known.version() < event.version();
  }

  @Override
  public void remove(Removed removed) {
    // Before anything is gone, so that whoever misses something sees why.
    collections.raise(removed.collection(), removed.horizon());
    layers.remove(removed.collection(), removed.versions());
  }

  @Override
  public @Nullable Newest newest(PartitionId partition, ResourceKey key) {
    var now = layers.now();
    for (int i = 0; i < now.size(); i++) {
      var newest = now.get(i).newest(partition, key);
      if (newest != null) {
        return Layers.unlessRemoved(newest, now.subList(0, i), partition.collection());
      }
    }
    var number = collections.number(partition.collection());
    var value =
        number == null
            ? null
            : tables.get(IndexKeys.newest(number, partition.number(), IndexKeys.resource(key)));
    return value == null
        ? null
        : Layers.unlessRemoved(IndexKeys.newest(value), now, partition.collection());
  }

  @Override
  public @Nullable Long position(TypeRef collection, long version) {
    return switch (layers.find(collection, version)) {
      case Indexed event -> event.position();
      case Layers.Gone _ -> null;
      case null -> positionInTables(collection, version);
    };
  }

  private @Nullable Long positionInTables(TypeRef collection, long version) {
    var number = collections.number(collection);
    var value = number == null ? null : tables.get(IndexKeys.version(number, version));
    return value == null ? null : IndexKeys.Place.of(value).position();
  }

  @Override
  public Pointers latest(PartitionId partition, long atVersion) {
    requireKept(partition, atVersion);
    var collection = partition.collection();
    var recent =
        layers.slice(
            collection,
            layer -> layer.events(collection).headMap(atVersion, true),
            Integer.MAX_VALUE);
    var candidates = new HashMap<ByteBuffer, Indexed>();
    for (var event : recent.events().values()) {
      if (event.event().partition().equals(partition)) {
        candidates.put(ByteBuffer.wrap(IndexKeys.resource(event.event().key())), event);
      }
    }
    var pointers = new PointerList();
    var number = collections.number(collection);
    if (number != null) {
      addKnown(pointers, number, partition.number(), atVersion, candidates, recent.removed());
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
    var recent =
        layers.slice(collection, layer -> layer.events(collection).tailMap(after, false), limit);
    var number = collections.number(collection);
    if (number != null) {
      var prefix = IndexKeys.versions(number);
      try (var rows = tables.cursor()) {
        for (rows.seek(IndexKeys.version(number, after + 1));
            positions.size() < limit && rows.isIn(prefix);
            rows.next()) {
          long version = IndexKeys.version(rows.key());
          if (!recent.removed().contains(version)) {
            positions.put(version, IndexKeys.Place.of(rows.value()).position());
          }
        }
      }
    }
    recent.events().forEach((version, event) -> positions.put(version, event.position()));
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
    var recent = layers.all(collection);
    var positions = new TreeMap<Long, Long>((a, b) -> Long.compare(b, a));
    var number = collections.number(collection);
    if (number != null) {
      addHistory(positions, IndexKeys.events(number, IndexKeys.resource(key)), recent.removed());
    }
    for (var event : recent.events().values()) {
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
    var number = collections.number(rule.collection());
    if (number != null) {
      new RemovableSearch(tables, number, layers.all(rule.collection())).visit(removable);
    }
    return removable.removed();
  }
}
