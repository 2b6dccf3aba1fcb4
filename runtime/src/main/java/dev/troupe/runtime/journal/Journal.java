package dev.troupe.runtime.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Most;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The log of single objects. Safe for any number of threads; does not block.
@FunctionalInterface
public interface Journal {

  /// What is kept of an object, newest first, no more than `most`. Fails with
  /// [dev.troupe.runtime.store.StoreException] if the store cannot be read.
  CompletionStage<List<EventRecord>> history(ResourceKey key, Most most);
}
