package dev.troupe.persistence.embedded;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.format.EventHeader;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the log the events are: a fold of the log, holding nothing that the log does not.
///
/// Changed by the writer alone, with what is durable; read by all threads.
interface EventIndex {

  /// The last event of a resource, tombstones included; null if there is none.
  @Nullable Newest newest(PartitionId partition, ResourceKey key);

  boolean contains(TypeRef collection, long version);

  /// Adds events, or moves those that are known.
  void put(List<Indexed> events);

  /// Which events a rule removes: when any part of them, the lowest versions first, has been
  /// removed, what is left is whole.
  Removed removable(Pruned rule);

  /// Removes those events that are known.
  void remove(Removed removed);

  void set(CollectionState state);

  CollectionState state(TypeRef collection);

  List<CollectionState> states();

  /// @throws dev.troupe.runtime.store.StoreException if the state at the version is no longer kept
  Pointers latest(PartitionId partition, long atVersion);

  /// Empty if `after` is below the horizon.
  Pointers tail(TypeRef collection, long after, int limit);

  Pointers history(ResourceKey key, int limit);

  /// All events whose position is below a segment, in the order of the log; stops after `limit`.
  Pointers below(long segment, int limit);

  /// @param deleted whether it is a tombstone
  record Newest(long version, long sequence, boolean deleted) {}

  record Indexed(EventHeader event, long position) {}

  /// Events as places in the log, with the version that must be found there.
  record Pointers(long[] versions, long[] positions) {

    static final Pointers NONE = new Pointers(new long[0], new long[0]);

    int size() {
      return versions.length;
    }
  }
}
