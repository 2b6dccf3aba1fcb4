package dev.troupe.runtime.resource.logic;

import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.EventRecord;

/// What a resource does with an order.
public sealed interface Step {

  /// Answers without storing anything.
  ///
  /// @param decidedOn the answer is true once this version is released
  record Answer(WriteReply reply, long decidedOn) implements Step {}

  /// Stores an event, whose version is in flight.
  ///
  /// @param resource what the index will keep of it
  record Persist(EventRecord event, StoredResource resource) implements Step {}

  /// Does nothing: the epoch is over, and the order is given again in the next.
  record Stop() implements Step {}
}
