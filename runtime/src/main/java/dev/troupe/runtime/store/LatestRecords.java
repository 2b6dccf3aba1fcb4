package dev.troupe.runtime.store;

import dev.troupe.api.resource.ResourceKey;
import java.util.Optional;

/// What an open partition knows about the last event of each of its persistent actors: enough to
/// wake one without reading the store.
@FunctionalInterface
public interface LatestRecords {

  /// May be called from any thread. Empty if the actor has never persisted an event, or none that
  /// is still kept.
  Optional<Latest> find(ResourceKey key);

  /// @param sequence the sequence number of the actor's last event
  /// @param state the actor's state after that event, as its behaviour defines it
  record Latest(long sequence, Object state) {}
}
