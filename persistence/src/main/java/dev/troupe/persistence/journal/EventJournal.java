package dev.troupe.persistence.journal;

import com.typesafe.config.Config;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.NotStoredException;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.StoreSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/// Pekko's journal over the [EventStore] of the actor system's [StoreSetup].
///
/// What one actor persists at once is one group. A group that is definitely not stored is rejected,
/// alone; one whose outcome is unknown fails. Calls are handed to the engine at once: collecting
/// what waits into one commit is the engine's business, which knows when its last one ended.
final class EventJournal extends AsyncWriteJournal {

  private final EventStore store;
  private final JournalRecords records;

  /// Called by Pekko.
  ///
  /// @param config the journal's own section
  public EventJournal(Config config) {
    store = StoreSetup.of(context().system()).store();
    records = records(config.getString("records"), context().system());
  }

  private static JournalRecords records(String className, ActorSystem system) {
    try {
      var constructor = Class.forName(className).getDeclaredConstructor(ActorSystem.class);
      return (JournalRecords) constructor.newInstance(system);
    } catch (ReflectiveOperationException | ClassCastException failure) {
      throw new IllegalStateException(
          "the journal's `records` cannot be made from " + className, failure);
    }
  }

  /// An atomic write as a group, or why it is none.
  private record Prepared(@Nullable Group group, Optional<Exception> rejection) {}

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    var prepared = new ArrayList<Prepared>(1);
    var groups = new ArrayList<Group>(1);
    for (var write : messages) {
      var next = prepare(write);
      prepared.add(next);
      if (next.group() != null) {
        groups.add(next.group());
      }
    }
    return JournalFailures.future(
        () -> store.append(groups).thenApply(outcomes -> rejections(prepared, outcomes)));
  }

  private Prepared prepare(AtomicWrite write) {
    try {
      var events = CollectionConverters.asJava(write.payload());
      return new Prepared(records.group(events), Optional.empty());
    } catch (StoreException refused) {
      return new Prepared(null, Optional.of(refused));
    }
  }

  private static Iterable<Optional<Exception>> rejections(
      List<Prepared> prepared, List<Outcome> outcomes) {
    var rejections = new ArrayList<Optional<Exception>>(prepared.size());
    var next = outcomes.iterator();
    for (var write : prepared) {
      var group = write.group();
      rejections.add(group == null ? write.rejection() : rejection(group, next.next()));
    }
    return rejections;
  }

  private static Optional<Exception> rejection(Group group, Outcome outcome) {
    return switch (outcome) {
      case STORED -> Optional.empty();
      case FENCED ->
          notStored(outcome, "epoch " + group.epoch() + " of " + group.partition() + " is over");
      case DUPLICATE -> notStored(outcome, group.events() + " is there already");
      case NO_ROOM -> notStored(outcome, "the event store has no room");
      case OVERLOADED -> notStored(outcome, "the event store is overloaded");
    };
  }

  private static Optional<Exception> notStored(Outcome outcome, String why) {
    return Optional.of(new NotStoredException(outcome, "not stored: " + why));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return JournalFailures.future(() -> records.highestSequence(persistenceId));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    return JournalFailures.future(
        () -> records.replay(persistenceId, fromSequenceNr, toSequenceNr, max, replayCallback));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return Futures.failed(
        new StoreException(persistenceId + ": events are deleted by retention only"));
  }
}
