package dev.troupe.persistence.postgresql;

import dev.troupe.persistence.contract.EventStoreContract;
import dev.troupe.runtime.store.EventStore;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

class PostgresEventStoreTest {

  @Nested
  class OnTheOldestVersion extends OnAServer {
    OnTheOldestVersion() {
      super("15");
    }
  }

  @Nested
  class OnTheNewestVersion extends OnAServer {
    OnTheNewestVersion() {
      super("18");
    }
  }

  @SuppressWarnings("NullAway.Init")
  abstract static class OnAServer implements EventStoreContract {

    private final String version;
    private EventStore store;

    OnAServer(String version) {
      this.version = version;
    }

    @BeforeEach
    void openStore() {
      store =
          PostgresEventStore.open(PostgresServer.of(version).database(), InstantSource.fixed(NOW));
    }

    @AfterEach
    void closeStore() {
      store.close();
    }

    @Override
    public EventStore store() {
      return store;
    }
  }
}
