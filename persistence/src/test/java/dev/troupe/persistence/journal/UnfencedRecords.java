package dev.troupe.persistence.journal;

import static dev.troupe.persistence.contract.EventStoreContract.await;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.StoreSetup;
import dev.troupe.runtime.store.WriteCause;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;

/// Any persistent actor with any events, all in one partition whose epoch is never taken from it:
/// what Pekko's own tests of journals need, and nobody else may have.
final class UnfencedRecords implements JournalRecords {

  private static final PartitionId PARTITION =
      new PartitionId(new TypeRef("tests.troupe.dev", "actors"), 0);

  private final EventStore store;
  private final Serialization serialization;
  private final long epoch;
  private final AtomicLong millis = new AtomicLong(1);

  /// Called by the journal.
  public UnfencedRecords(ActorSystem system) {
    store = StoreSetup.of(system).store();
    serialization = SerializationExtension.get(system);
    epoch = await(store.open(PARTITION)).epoch();
  }

  @Override
  public Group group(List<PersistentRepr> events) {
    return new Group(PARTITION, epoch, events.stream().map(this::record).toList(), Map.of());
  }

  private EventRecord record(PersistentRepr event) {
    long version = Version.atMillis(millis.getAndIncrement());
    return new EventRecord(
        PARTITION,
        epoch,
        version,
        0,
        event.sequenceNr(),
        EventRecord.Type.UPDATED,
        key(event.persistenceId()),
        "",
        bytes(event),
        Map.of(),
        Map.of(),
        WriteCause.platform("journal", "persist"),
        "",
        Version.millis(version));
  }

  private static ResourceKey key(String persistenceId) {
    return new ResourceKey(PARTITION.collection(), "", persistenceId);
  }

  private byte[] bytes(PersistentRepr event) {
    var unsent =
        event.update(
            event.sequenceNr(),
            event.persistenceId(),
            event.deleted(),
            ActorRef.noSender(),
            event.writerUuid());
    var bytes = serialization.serialize(unsent);
    if (bytes.isFailure()) {
      throw new StoreException("not serializable", bytes.failed().get());
    }
    return bytes.get();
  }

  @Override
  public CompletionStage<Long> highestSequence(String persistenceId) {
    return store
        .history(key(persistenceId), 1)
        .thenApply(events -> events.isEmpty() ? 0L : events.getFirst().sequence());
  }

  @Override
  public CompletionStage<Void> replay(
      String persistenceId, long from, long to, long most, Consumer<PersistentRepr> each) {
    return store
        .history(key(persistenceId), Integer.MAX_VALUE)
        .thenAccept(events ->
            events.reversed().stream()
                .filter(event -> event.sequence() >= from && event.sequence() <= to)
                .limit(most)
                .map(this::event)
                .forEach(each));
  }

  private PersistentRepr event(EventRecord record) {
    return serialization.deserialize(record.body(), PersistentRepr.class).get();
  }
}
