package dev.troupe.runtime.resource;

import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;

/// The partition, as its resources see it.
public interface ResourceOwner {

  /// An order is answered without an event.
  ///
  /// @param decidedOn the answer is true once this version is released
  void decided(long epoch, long command, WriteReply reply, long decidedOn);

  /// An event is durable.
  void persisted(long epoch, EventRecord event, StoredResource resource);

  /// An event is definitely not stored, although the epoch goes on. The resource ends.
  void notStored(long epoch, long version, EventStore.Outcome why);

  /// An event may or may not be stored, or the epoch is over.
  void failed(long epoch, String why);
}
