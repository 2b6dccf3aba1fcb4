package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.contract.ArchivableContract;
import dev.troupe.persistence.contract.EventStoreContract;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Copies of tables.
class PostgresArchiveTest implements ArchivableContract {

  private final List<PostgresEventStore> stores = new ArrayList<>();

  @Override
  public EventStore empty() {
    return open(PostgresServer.of("18").database());
  }

  private PostgresEventStore open(PostgresSettings database) {
    stores.add(PostgresEventStore.open(database, InstantSource.fixed(EventStoreContract.NOW)));
    return stores.getLast();
  }

  @Test
  void whatIsReplacedIsReplacedWholeOrNotAtAll() {
    var database = PostgresServer.of("18").database();
    var store = open(database);
    await(store.open(PARTITION));
    var kept = created(PARTITION, 1, 1, "kept");
    await(store.append(List.of(group(kept))));
    var other = created(PARTITION, 1, 2, "other");

    assertThatThrownBy(() -> await(store.replace(brokenOffBehind(new Event(other)))))
        .hasMessageContaining("broken off");
    assertThat(await(open(database).history(kept.key(), 9))).containsExactly(kept);

    await(open(database).replace(List.<ArchivedEntry>of(new Event(other)).iterator()));
    assertThat(await(open(database).history(kept.key(), 9))).isEmpty();
    assertThat(await(open(database).history(other.key(), 9))).containsExactly(other);
  }

  private static Iterator<ArchivedEntry> brokenOffBehind(ArchivedEntry first) {
    return new Iterator<>() {
      private boolean given;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public ArchivedEntry next() {
        if (given) {
          throw new StoreException("broken off");
        }
        given = true;
        return first;
      }
    };
  }

  @Test
  void whoKnowsTheTablesOfBeforeWritesNothing() {
    var database = PostgresServer.of("18").database();
    var before = open(database);
    await(before.open(PARTITION));
    var event = created(PARTITION, 1, 1, "a");
    await(before.append(List.of(group(event))));

    await(open(database).replace(List.<ArchivedEntry>of(new Event(event)).iterator()));

    assertThat(await(before.append(List.of(group(created(PARTITION, 1, 2, "late"))))))
        .containsExactly(EventStore.Outcome.FENCED);
  }

  @AfterEach
  void close() {
    stores.forEach(PostgresEventStore::close);
  }
}
