package dev.troupe.persistence.journal;

import dev.troupe.runtime.store.LatestRecords.Latest;
import dev.troupe.runtime.store.OpenEpochs;
import dev.troupe.runtime.store.PersistentId;
import dev.troupe.runtime.store.StoreException;
import java.util.Optional;

/// What the open partitions of this member know of a persistent actor, by Pekko's id of it.
record OpenActors(OpenEpochs epochs) {

  /// Empty for an actor that is new.
  ///
  /// @throws StoreException if its epoch is over
  Optional<Latest> latest(String persistenceId) {
    var id = PersistentId.parse(persistenceId);
    return epochs
        .find(id.partition(), id.epoch())
        .orElseThrow(() ->
            new StoreException(
                persistenceId + " cannot wake: epoch " + id.epoch() + " is not open here"))
        .find(id.key());
  }
}
