package dev.troupe.persistence.embedded.index;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.index.EventIndex.Indexed;
import dev.troupe.persistence.embedded.index.EventIndex.Newest;
import dev.troupe.runtime.store.PartitionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a part of the log changes in the tables of an index. About 250 bytes per event.
final class RecentEvents {

  private final Map<TypeRef, OfCollection> collections = new HashMap<>();
  private long bytes;
  private int size;

  /// The bytes of the log that are in it.
  long bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void follow(int frameBytes) {
    bytes += frameBytes;
  }

  @Nullable Newest newest(PartitionId partition, ResourceKey key) {
    var collection = collections.get(partition.collection());
    var resources = collection == null ? null : collection.newest.get(partition);
    return resources == null ? null : resources.get(key);
  }

  @Nullable Indexed event(TypeRef type, long version) {
    var collection = collections.get(type);
    return collection == null ? null : collection.events.get(version);
  }

  /// Whether the event of a version was removed. Another one may have come after it.
  boolean hasRemoved(TypeRef type, long version) {
    var collection = collections.get(type);
    return collection != null
        && !collection.removed.isEmpty()
        && collection.removed.contains(version);
  }

  /// @param newest whether it is the last of its resource
  void put(Indexed indexed, boolean newest) {
    var event = indexed.event();
    var collection = collection(event.partition().collection());
    collection.events.put(event.version(), indexed);
    if (newest) {
      collection
          .newest
          .computeIfAbsent(event.partition(), _ -> new HashMap<>())
          .put(event.key(), Newest.of(event));
    }
    size++;
  }

  void remove(TypeRef type, long version) {
    var collection = collection(type);
    collection.removed.add(version);
    var known = collection.events.remove(version);
    if (known != null) {
      var event = known.event();
      var resources = collection.newest.get(event.partition());
      if (resources != null) {
        resources.remove(event.key(), Newest.of(event));
      }
    }
    size++;
  }

  /// By version. Not to be changed.
  NavigableMap<Long, Indexed> events(TypeRef type) {
    var collection = collections.get(type);
    return collection == null ? new TreeMap<>() : collection.events;
  }

  /// Versions of what was removed: of the layers below and of the tables.
  Collection<Long> removed(TypeRef type) {
    var collection = collections.get(type);
    return collection == null ? Set.of() : collection.removed;
  }

  private OfCollection collection(TypeRef type) {
    return collections.computeIfAbsent(type, _ -> new OfCollection());
  }

  private static final class OfCollection {
    private final NavigableMap<Long, Indexed> events = new TreeMap<>();
    private final Set<Long> removed = new HashSet<>();
    private final Map<PartitionId, Map<ResourceKey, Newest>> newest = new HashMap<>();
  }
}
