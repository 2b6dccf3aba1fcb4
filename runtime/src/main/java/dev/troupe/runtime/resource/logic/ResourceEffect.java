package dev.troupe.runtime.resource.logic;

import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/// What a resource wants done: one thing per message.
public sealed interface ResourceEffect {

  /// Tells the partition the answer to an order, for which nothing is stored.
  ///
  /// @param order its number
  /// @param decidedOn the version that the resource had: the answer is true once that is released
  record Answer(long order, WriteReply reply, long decidedOn) implements ResourceEffect, Decision {}

  /// Stores an event, whose version is in flight, and then tells the partition.
  ///
  /// @param resource what the index will keep of it
  /// @param trace to what of which trace that belongs; null if nobody records any
  record Store(EventRecord event, StoredResource resource, @Nullable TraceContext trace)
      implements ResourceEffect {}

  /// Tells the partition that an event is definitely not stored, although the epoch goes on.
  record Refuse(long version, EventStore.Outcome why) implements ResourceEffect {}

  /// Tells the partition that somebody has opened a later epoch.
  record Fenced() implements ResourceEffect {}

  /// Tells the partition that the epoch cannot go on: nobody knows what is stored.
  record Fail(String why) implements ResourceEffect {}

  /// Does nothing: the epoch is over, and the order is given again in the next.
  record Nothing() implements ResourceEffect {}
}
