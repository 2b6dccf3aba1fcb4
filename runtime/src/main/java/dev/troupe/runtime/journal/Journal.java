package dev.troupe.runtime.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Most;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The log as it is read for people. Safe for any number of threads; does not block. What is asked
/// for fails with [dev.troupe.runtime.store.StoreException] if the store cannot be read.
public interface Journal {

  /// What is kept of an object, newest first, no more than `most`.
  CompletionStage<List<EventRecord>> history(ResourceKey key, Most most);

  /// The newest decision of a controller about each object, tombstones included, in no particular
  /// order.
  ///
  /// @param each may be called by several threads at once
  /// @return the number of decisions, when `each` has been called for the last one
  CompletionStage<Long> decisions(String controller, Consumer<EventRecord> each);

  /// As a store has it.
  static Journal of(EventStore store) {
    return new Journal() {
      @Override
      public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
        return store.history(key, most);
      }

      @Override
      public CompletionStage<Long> decisions(String controller, Consumer<EventRecord> each) {
        var partition = new PartitionId(new TypeRef(PartitionId.CONTROLLERS, controller), 0);
        return store.scan(partition, Long.MAX_VALUE, each);
      }
    };
  }
}
