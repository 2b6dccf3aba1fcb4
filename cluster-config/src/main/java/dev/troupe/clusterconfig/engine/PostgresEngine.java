package dev.troupe.clusterconfig.engine;

import com.typesafe.config.ConfigFactory;
import dev.troupe.persistence.postgresql.PostgresEventStore;
import dev.troupe.persistence.postgresql.PostgresSettings;
import java.time.InstantSource;
import java.util.Map;

/// A PostgreSQL database.
///
/// @param sharing opens one for one of several members
record PostgresEngine(Sharing sharing) implements Engine {

  private static final String URL = "troupe.store.postgresql.url";

  /// How a database is opened that others have open as well.
  @FunctionalInterface
  interface Sharing {
    PostgresEventStore open(PostgresSettings settings, InstantSource clock);
  }

  PostgresEngine() {
    this(PostgresEventStore::openShared);
  }

  @Override
  public boolean keepsFiles() {
    return false;
  }

  @Override
  public boolean isNamedBy(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  @Override
  public OpenStore open(String url, StoreOpening with) {
    var store = PostgresEventStore.openAlone(settings(url, with), with.clock(), with.ended());
    return OpenStore.of(store, Map.of());
  }

  @Override
  public CommonStore openShared(String url, StoreOpening with) {
    var store = sharing.open(settings(url, with), with.clock());
    try {
      return new CommonStore(
          OpenStore.of(store, Map.of()), store.roll(), store.origin(), new Forms(store));
    } catch (RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  private record Forms(PostgresEventStore store) implements SharedForms {

    @Override
    public int knownTables() {
      return store.knownTables();
    }

    @Override
    public int storedTables() {
      return store.storedTables();
    }

    @Override
    public int knownRecords() {
      return PostgresEventStore.records();
    }

    @Override
    public int storedRecords() {
      return PostgresEventStore.records();
    }

    @Override
    public long incarnation() {
      return store.incarnation();
    }

    @Override
    public void upgrade(int tables, long roll) {
      store.upgrade(tables, roll);
    }
  }

  private static PostgresSettings settings(String url, StoreOpening with) {
    return PostgresSettings.from(
        ConfigFactory.parseMap(Map.of(URL, url)).withFallback(with.config()).resolve());
  }
}
