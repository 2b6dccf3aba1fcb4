package dev.troupe.runtime.resource.logic;

import dev.troupe.runtime.store.EventStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a resource is told: by its partition what to decide, by the store what became of its event.
public sealed interface ResourceMessage
    permits Order, ResourceMessage.Stored, ResourceMessage.NotStored, ResourceMessage.Failed {

  /// The store says that an event is durable.
  record Stored(long version) implements ResourceMessage {}

  /// The store says that an event is not stored.
  record NotStored(long version, EventStore.Outcome outcome) implements ResourceMessage {}

  /// An event may or may not be stored, or will never be.
  record Failed(String why) implements ResourceMessage {}

  /// What has become of the only event of the only group that was appended.
  ///
  /// @param outcomes null if the append has failed
  static ResourceMessage outcome(
      long version, @Nullable List<EventStore.Outcome> outcomes, @Nullable Throwable failure) {
    if (outcomes == null) {
      return new Failed("unknown outcome: " + failure);
    }
    return outcomes.getFirst() == EventStore.Outcome.STORED
        ? new Stored(version)
        : new NotStored(version, outcomes.getFirst());
  }
}
