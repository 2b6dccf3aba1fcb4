package dev.troupe.persistence.journal;

import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.LatestRecords;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.StoreSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;

/// Pekko's journal over the [EventStore] of the actor system's [StoreSetup].
///
/// What one actor persists at once is one group. A group that is definitely not stored is rejected,
/// alone; one whose outcome is unknown fails. Calls are handed to the engine at once: collecting
/// what waits into one commit is the engine's business, which knows when its last one ended.
///
/// Recovery reads nothing: [EventSnapshots] gives a waking actor its latest state.
final class EventJournal extends AsyncWriteJournal {

  private final StoreSetup setup = StoreSetup.of(context().system());
  private final OpenActors actors = new OpenActors(setup.epochs());

  /// Called by Pekko.
  public EventJournal() {}

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    var groups = new ArrayList<Group>(1);
    messages.forEach(write -> groups.add(group(write)));
    var answer = Futures.<Iterable<Optional<Exception>>>promise();
    setup
        .store()
        .append(groups)
        .whenComplete((outcomes, failure) -> {
          if (failure == null) {
            answer.success(rejections(groups, outcomes));
          } else {
            answer.failure(Failures.cause(failure));
          }
        });
    return answer.future();
  }

  private static Group group(AtomicWrite write) {
    var records = new ArrayList<EventRecord>(1);
    for (var events = write.payload().iterator(); events.hasNext(); ) {
      records.add(record(events.next()));
    }
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

  private static Iterable<Optional<Exception>> rejections(
      List<Group> groups, List<Outcome> outcomes) {
    var rejections = new ArrayList<Optional<Exception>>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      rejections.add(rejection(groups.get(i), outcomes.get(i)));
    }
    return rejections;
  }

  private static Optional<Exception> rejection(Group group, Outcome outcome) {
    return switch (outcome) {
      case STORED -> Optional.empty();
      case FENCED ->
          Optional.of(
              new StoreException(
                  "not stored: epoch " + group.epoch() + " of " + group.partition() + " is over"));
      case DUPLICATE ->
          Optional.of(new StoreException("not stored: " + group.events() + " is there already"));
    };
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return Failures.catching(
        () -> actors.latest(persistenceId).map(LatestRecords.Latest::sequence).orElse(0L));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    return Futures.failed(
        new StoreException(
            persistenceId
                + " woke on a snapshot below "
                + fromSequenceNr
                + " although its partition knows "
                + toSequenceNr
                + ": events are not replayed"));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return Futures.failed(
        new StoreException(persistenceId + ": events are deleted by retention only"));
  }
}
