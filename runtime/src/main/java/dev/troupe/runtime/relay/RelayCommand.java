package dev.troupe.runtime.relay;

import dev.troupe.runtime.collection.PartitionDirectory;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.concurrent.Flow;

/// What a [Relay] can be asked, and what comes back to it. Never answered.
sealed interface RelayCommand {

  record Watch(long watcher, long after, Flow.Subscriber<? super WatchItem> subscriber)
      implements RelayCommand {}

  record Request(long watcher, long more) implements RelayCommand {}

  record Cancel(long watcher) implements RelayCommand {}

  record Arrived(PartitionDirectory.Local partition) implements RelayCommand {}

  record Lost(PartitionId partition) implements RelayCommand {}

  record Streamed(StreamItem item) implements RelayCommand {}

  record Read(long request, EventStore.Tail tail) implements RelayCommand {}

  record ReadFailed(long request, String why) implements RelayCommand {}

  record Tick() implements RelayCommand {}
}
