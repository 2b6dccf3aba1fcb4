package dev.troupe.persistence.embedded;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.PartitionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An index in memory: about 24 bytes per event and 200 per resource.
final class MemoryIndex implements EventIndex {

  private final Map<TypeRef, CollectionIndex> collections;

  MemoryIndex() {
    this(new HashMap<>());
  }

  MemoryIndex(Map<TypeRef, CollectionIndex> collections) {
    this.collections = collections;
  }

  private CollectionIndex collection(TypeRef type) {
    return collections.computeIfAbsent(type, _ -> new CollectionIndex(new VersionTable()));
  }

  @Override
  public synchronized @Nullable Newest newest(PartitionId partition, ResourceKey key) {
    return collection(partition.collection()).newest(partition, key);
  }

  @Override
  public synchronized boolean contains(TypeRef collection, long version) {
    return collection(collection).table.find(version) >= 0;
  }

  @Override
  public synchronized void put(List<Indexed> events) {
    for (var event : events) {
      collection(event.event().partition().collection()).put(event);
    }
  }

  @Override
  public synchronized Removed removable(Pruned rule) {
    return collection(rule.collection()).removable(rule);
  }

  @Override
  public synchronized void remove(Removed removed) {
    collection(removed.collection()).remove(removed);
  }

  @Override
  public synchronized void set(CollectionState state) {
    var collection = collection(state.collection());
    collection.partitions = state.partitions();
    collection.horizon = Math.max(collection.horizon, state.horizon());
  }

  @Override
  public synchronized CollectionState state(TypeRef type) {
    return state(type, collection(type));
  }

  @Override
  public synchronized List<CollectionState> states() {
    // Not by `collection`: even to find a key, `computeIfAbsent` may rebuild the map.
    return collections.entrySet().stream()
        .map(entry -> state(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static CollectionState state(TypeRef type, CollectionIndex collection) {
    return new CollectionState(type, collection.partitions, collection.horizon);
  }

  @Override
  public synchronized Pointers latest(PartitionId partition, long atVersion) {
    return collection(partition.collection()).latest(partition, atVersion);
  }

  @Override
  public synchronized Pointers tail(TypeRef collection, long after, int limit) {
    return collection(collection).tail(after, limit);
  }

  @Override
  public synchronized Pointers history(ResourceKey key, int limit) {
    return collection(key.type()).history(key, limit);
  }

  @Override
  public synchronized Pointers below(long segment, int limit) {
    var pointers = new PointerList();
    for (var collection : collections.values()) {
      var table = collection.table;
      for (int row = 0; row < table.size(); row++) {
        if (Position.segment(table.position(row)) < segment) {
          if (pointers.size() == limit) {
            return pointers.inLogOrder();
          }
          pointers.add(table, row);
        }
      }
    }
    return pointers.inLogOrder();
  }

  /// A copy to write a checkpoint of.
  synchronized Map<TypeRef, CollectionIndex> copy() {
    var copy = new HashMap<TypeRef, CollectionIndex>();
    collections.forEach((type, collection) -> copy.put(type, copy(collection)));
    return copy;
  }

  private static CollectionIndex copy(CollectionIndex collection) {
    var copy = new CollectionIndex(collection.table.copy());
    copy.partitions = collection.partitions;
    copy.horizon = collection.horizon;
    collection.newest.forEach(
        (partition, resources) -> copy.newest.put(partition, new HashMap<>(resources)));
    return copy;
  }
}
