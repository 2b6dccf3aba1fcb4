package dev.troupe.persistence.contract;

import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.InstantSource;

class InMemoryEventStoreTest implements EventStoreContract {

  private final EventStore store = new InMemoryEventStore(InstantSource.fixed(NOW));

  @Override
  public EventStore store() {
    return store;
  }
}
