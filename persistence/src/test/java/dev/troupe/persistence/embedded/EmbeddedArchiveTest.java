package dev.troupe.persistence.embedded;

import dev.troupe.persistence.contract.ArchivableContract;
import dev.troupe.runtime.store.EventStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Copies of a log of small segments.
class EmbeddedArchiveTest implements ArchivableContract {

  @TempDir private Path directory;
  private final List<EmbeddedEventStore> stores = new ArrayList<>();

  @Override
  public EventStore empty() {
    stores.add(TestStores.open(directory.resolve("store-" + stores.size())));
    return stores.getLast();
  }

  @AfterEach
  void close() {
    stores.forEach(EmbeddedEventStore::close);
  }
}
