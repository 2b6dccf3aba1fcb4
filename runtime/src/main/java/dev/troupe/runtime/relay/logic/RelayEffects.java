package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.store.PartitionId;

/// What [RelayLogic] wants done. Results come later, as calls of the methods that are named.
public interface RelayEffects {

  /// Lets a partition stream more items.
  void credit(PartitionId partition, int more);

  /// Asks a partition to make everything up to a version known: a heartbeat tells.
  void promise(PartitionId partition, long version);

  /// Reads the log: `read` or `readFailed`.
  void read(long request, long after, int limit);

  /// Passes an item to a watcher that asked for it.
  void deliver(long watcher, WatchItem item);

  /// Ends a watch; nothing is delivered afterwards.
  void end(long watcher, RuntimeException why);
}
