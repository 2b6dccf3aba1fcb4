package dev.troupe.persistence.embedded;

import dev.troupe.persistence.contract.EventStoreContract;
import dev.troupe.runtime.store.EventStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEventStoreTest implements EventStoreContract {

  @TempDir private Path directory;
  private EventStore store;

  @BeforeEach
  void openStore() {
    store =
        EmbeddedEventStore.open(
            directory.resolve("store"),
            new EmbeddedSettings(1 << 16, 1 << 14, 1_000, 1 << 20),
            InstantSource.fixed(NOW),
            _ -> {});
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
