package dev.troupe.persistence.journal;

import dev.troupe.runtime.store.EventStore.Group;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.persistence.PersistentRepr;

/// How what Pekko persists and recovers corresponds to what the event store keeps. The
/// configuration key `records` of the journal names the class; it has a constructor that takes the
/// actor system.
interface JournalRecords {

  /// What is stored of events that one actor persists at once.
  ///
  /// @throws dev.troupe.runtime.store.StoreException if they cannot be stored: they are rejected
  Group group(List<PersistentRepr> events);

  /// The sequence number of the actor's last event; 0 if it has none.
  CompletionStage<Long> highestSequence(String persistenceId);

  /// Calls `each` with the events between two sequence numbers, both included, at most `most`.
  CompletionStage<Void> replay(
      String persistenceId, long from, long to, long most, Consumer<PersistentRepr> each);
}
