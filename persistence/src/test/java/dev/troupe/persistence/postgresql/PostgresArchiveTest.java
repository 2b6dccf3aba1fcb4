package dev.troupe.persistence.postgresql;

import dev.troupe.persistence.contract.ArchivableContract;
import dev.troupe.persistence.contract.EventStoreContract;
import dev.troupe.runtime.store.EventStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/// Copies of tables.
class PostgresArchiveTest implements ArchivableContract {

  private final List<PostgresEventStore> stores = new ArrayList<>();

  @Override
  public EventStore empty() {
    stores.add(
        PostgresEventStore.open(
            PostgresServer.of("18").database(), InstantSource.fixed(EventStoreContract.NOW)));
    return stores.getLast();
  }

  @AfterEach
  void close() {
    stores.forEach(PostgresEventStore::close);
  }
}
