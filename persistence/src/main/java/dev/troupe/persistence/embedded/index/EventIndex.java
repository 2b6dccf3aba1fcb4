package dev.troupe.persistence.embedded.index;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.log.Pointers;
import dev.troupe.persistence.format.EventHeader;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.OfIndex;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.persistence.format.LogEntry.Trimmed;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the log the events are: a fold of the log, holding nothing that the log does not.
///
/// Changed by the writer alone, with what is durable; read by all threads. What a reader sees is
/// what some beginning of the log folds to, not shorter than what was durable when it asked.
public interface EventIndex {

  /// The last event of a resource, tombstones included; null if there is none. For the writer.
  @Nullable Newest newest(PartitionId partition, ResourceKey key);

  /// Where the event of a version is; null if there is none.
  @Nullable Long position(TypeRef collection, long version);

  /// Adds events, or moves those that are known.
  void put(List<Indexed> events);

  /// Which events a rule removes: when any part of them, the lowest versions first, has been
  /// removed, what is left is whole. That remains so while others are added.
  Removed removable(Pruned rule);

  /// Removes those events that are known.
  void remove(Removed removed);

  void set(CollectionState state);

  /// The segments below are needless.
  void trimmed(long firstNeeded);

  /// Takes in an entry of the log that is no event.
  default void apply(OfIndex entry) {
    switch (entry) {
      case CollectionState state -> set(state);
      case Removed removed -> remove(removed);
      case Pruned rule -> remove(removable(rule));
      case Trimmed(var first) -> trimmed(first);
    }
  }

  CollectionState state(TypeRef collection);

  List<CollectionState> states();

  /// @throws dev.troupe.runtime.store.StoreException if the state at the version is no longer kept
  Pointers latest(PartitionId partition, long atVersion);

  /// May have a gap if the horizon moves above `after` meanwhile.
  Pointers tail(TypeRef collection, long after, int limit);

  Pointers history(ResourceKey key, int limit);

  /// @param deleted whether it is a tombstone
  record Newest(long version, long sequence, boolean deleted) {

    public static Newest of(EventHeader event) {
      return new Newest(
          event.version(), event.sequence(), event.type() == EventRecord.Type.DELETED);
    }
  }

  /// @param newest whether it is known to be the last of its resource
  record Indexed(EventHeader event, long position, boolean newest) implements Layers.Known {}
}
