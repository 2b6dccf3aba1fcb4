package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.Map;

/// What a relay is told: by watchers, of partitions, and of the log. Never answered.
public sealed interface RelayMessage {

  /// It begins; said once, first.
  record Start() implements RelayMessage {}

  /// Starts a watch, which gets nothing before it asks for something.
  ///
  /// @param after everything above this version is delivered
  record Watch(long watcher, long after) implements RelayMessage {}

  record Request(long watcher, long more) implements RelayMessage {}

  record Cancel(long watcher) implements RelayMessage {}

  /// A partition is here, or has begun anew: it knows no followers.
  record Arrived(PartitionId partition) implements RelayMessage {}

  /// A partition that was here is gone.
  record Lost(PartitionId partition) implements RelayMessage {}

  record Streamed(StreamedItem streamed) implements RelayMessage {}

  /// What the log has.
  ///
  /// @param before the objects before those changes that a selector notices, by the versions of the
  ///   changes
  /// @param resources what the index keeps of each event of the tail, in the same order
  record Read(
      long request, EventStore.Tail tail, List<StoredResource> resources, Map<Long, byte[]> before)
      implements RelayMessage {

    /// Whether there was nothing more to read.
    boolean isAll() {
      return tail.complete();
    }
  }

  record ReadFailed(long request, String why) implements RelayMessage {}

  /// Time passes; said about once a second.
  record Tick() implements RelayMessage {}

  /// It ends with this message.
  record Abandon() implements RelayMessage {}
}
