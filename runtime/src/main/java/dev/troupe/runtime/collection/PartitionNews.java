package dev.troupe.runtime.collection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.util.Map;

/// What comes back to a [CollectionPartition]: from the store, its children and its timers.
sealed interface PartitionNews extends PartitionCommand {

  record Opened(EventStore.Opened result) implements PartitionNews {}

  record OpenFailed(String why) implements PartitionNews {}

  record Loaded(long epoch, Index index, Map<ResourceKey, EventRecord> found)
      implements PartitionNews {}

  record Decided(long epoch, long command, WriteReply reply, long decidedOn)
      implements PartitionNews {}

  record Persisted(long epoch, EventRecord event, StoredResource resource)
      implements PartitionNews {}

  record NotStored(long epoch, long version, EventStore.Outcome why) implements PartitionNews {}

  record Failed(long epoch, String why) implements PartitionNews {}

  record ChildTerminated(long child) implements PartitionNews {}

  record Kept(long epoch, long id) implements PartitionNews {}

  record KeepRefused(long epoch, long id) implements PartitionNews {}

  record KeepFailed(long epoch, String why) implements PartitionNews {}

  record Retry() implements PartitionNews {}

  record Tick() implements PartitionNews {}

  record Closed() implements PartitionNews {}
}
