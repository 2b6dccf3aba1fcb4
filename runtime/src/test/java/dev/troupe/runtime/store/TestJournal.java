package dev.troupe.runtime.store;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/// A journal over any event store, without group commit: enough for tests of the runtime.
public final class TestJournal extends AsyncWriteJournal {

  private final StoreSetup setup = StoreSetup.of(context().system());

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    var groups =
        StreamSupport.stream(messages.spliterator(), false).map(TestJournal::group).toList();
    return FutureConverters.asScala(
        setup
            .store()
            .append(groups)
            .thenApply(outcomes -> outcomes.stream().map(TestJournal::rejection).toList()));
  }

  private static EventStore.Group group(AtomicWrite write) {
    var events =
        CollectionConverters.asJava(write.payload()).stream()
            .map(PersistentRepr::payload)
            .map(EventRecord.class::cast)
            .toList();
    var first = events.getFirst();
    return new EventStore.Group(first.partition(), first.epoch(), events, java.util.Map.of());
  }

  private static Optional<Exception> rejection(EventStore.Outcome outcome) {
    return outcome == EventStore.Outcome.STORED
        ? Optional.empty()
        : Optional.of(new NotStoredException(outcome, outcome.toString()));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String id, long toSequenceNr) {
    return Futures.failed(new UnsupportedOperationException("events are deleted by retention"));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String id, long from, long to, long max, Consumer<PersistentRepr> each) {
    return Futures.successful(null);
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String id, long from) {
    return Futures.successful(latest(id).map(LatestRecords.Latest::sequence).orElse(0L));
  }

  private Optional<LatestRecords.Latest> latest(String id) {
    return TestSnapshots.latest(setup, id);
  }
}
