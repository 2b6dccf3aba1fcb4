package dev.troupe.apiserver.server;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.journal.Journal;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Most;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Of a store in which there is nothing.
final class EmptyJournal implements Journal {

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  public CompletionStage<Long> decisions(String controller, Consumer<EventRecord> each) {
    return CompletableFuture.completedFuture(0L);
  }
}
