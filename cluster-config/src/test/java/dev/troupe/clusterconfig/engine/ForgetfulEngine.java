package dev.troupe.clusterconfig.engine;

import dev.troupe.persistence.backup.Archivable;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// An engine that keeps events until its member ends. What a store of it is called: `forgetful:`
/// and a word.
public final class ForgetfulEngine implements Engine {

  private final AtomicReference<EventStore> opened = new AtomicReference<>();

  @Override
  public boolean keepsFiles() {
    return false;
  }

  @Override
  public boolean isNamedBy(String url) {
    return url.startsWith("forgetful:");
  }

  @Override
  public OpenStore open(String url, StoreOpening with) {
    var store = new InMemoryEventStore(with.clock());
    opened.set(store);
    return new OpenStore(store, new NoArchive(), Map.of(), List::of);
  }

  /// The store that a member has opened.
  public EventStore opened() {
    return opened.get();
  }

  private record NoArchive() implements Archivable {

    @Override
    public CompletionStage<Long> copy(Consumer<ArchivedEntry> each) {
      return refused();
    }

    @Override
    public CompletionStage<Long> restore(Iterator<ArchivedEntry> entries) {
      return refused();
    }

    private static CompletionStage<Long> refused() {
      return CompletableFuture.failedFuture(new StoreException("nothing here outlives a member"));
    }
  }
}
