package dev.troupe.runtime.resource.logic;

import dev.troupe.runtime.store.EventStore;

/// What a resource is told: by its partition what to decide, by the store what became of its event.
public sealed interface ResourceMessage
    permits Order, ResourceMessage.NotStored, ResourceMessage.Failed {

  /// The store says that an event is not stored.
  record NotStored(long version, EventStore.Outcome outcome) implements ResourceMessage {}

  /// An event may or may not be stored, or will never be.
  record Failed(String why) implements ResourceMessage {}
}
