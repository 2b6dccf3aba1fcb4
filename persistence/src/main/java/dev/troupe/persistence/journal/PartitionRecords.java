package dev.troupe.persistence.journal;

import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.LatestRecords.Latest;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.StoreSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.PersistentRepr;

/// The actors of open partitions: each event is an [EventRecord] already, and a waking actor is
/// given its latest state by its partition, so that nothing is ever replayed.
final class PartitionRecords implements JournalRecords {

  private final OpenActors actors;

  /// Called by the journal.
  public PartitionRecords(ActorSystem system) {
    actors = new OpenActors(StoreSetup.of(system).epochs());
  }

  @Override
  public Group group(List<PersistentRepr> events) {
    var records = new ArrayList<EventRecord>(1);
    events.forEach(event -> records.add(record(event)));
    var first = records.getFirst();
    return new Group(first.partition(), first.epoch(), records, Map.of());
  }

  private static EventRecord record(PersistentRepr event) {
    if (!(event.payload() instanceof EventRecord record)) {
      throw new StoreException(
          event.persistenceId()
              + " persists a "
              + event.payload().getClass().getName()
              + ": only an EventRecord can be stored");
    }
    if (record.sequence() != event.sequenceNr()) {
      throw new StoreException(
          record + " has sequence " + record.sequence() + ", Pekko counts " + event.sequenceNr());
    }
    return record;
  }

  @Override
  public CompletionStage<Long> highestSequence(String persistenceId) {
    return CompletableFuture.completedFuture(
        actors.latest(persistenceId).map(Latest::sequence).orElse(0L));
  }

  @Override
  public CompletionStage<Void> replay(
      String persistenceId, long from, long to, long most, Consumer<PersistentRepr> each) {
    return CompletableFuture.failedFuture(
        new StoreException(
            persistenceId
                + " woke on a snapshot below "
                + from
                + " although its partition knows "
                + to
                + ": events are not replayed"));
  }
}
