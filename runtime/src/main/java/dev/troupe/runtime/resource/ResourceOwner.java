package dev.troupe.runtime.resource;

import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;

/// The partition, as its resources see it.
public interface ResourceOwner {

  /// An order is answered without an event.
  void decided(long epoch, ResourceEffect.Answer answer);

  /// An event is durable.
  void stored(long epoch, EventRecord event, StoredResource resource);

  /// An event is definitely not stored, although the epoch goes on. The resource ends.
  void refused(long epoch, long version, EventStore.Outcome why);

  /// Somebody has opened a later epoch: nothing will be stored in this one any more.
  void fenced(long epoch);

  /// An event may or may not be stored.
  void failed(long epoch, String why);
}
