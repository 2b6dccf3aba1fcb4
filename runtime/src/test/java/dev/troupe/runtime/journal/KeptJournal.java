package dev.troupe.runtime.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Most;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// @param objects what is kept of each, newest first
/// @param decisions of each controller
record KeptJournal(
    Map<ResourceKey, List<EventRecord>> objects, Map<String, List<EventRecord>> decisions)
    implements Journal {

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return CompletableFuture.completedFuture(objects.getOrDefault(key, List.of()));
  }

  @Override
  public CompletionStage<Long> decisions(String controller, Consumer<EventRecord> each) {
    var all = decisions.getOrDefault(controller, List.of());
    all.forEach(each);
    return CompletableFuture.completedFuture((long) all.size());
  }
}
