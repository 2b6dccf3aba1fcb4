package dev.troupe.clusterconfig.assembly;

import com.typesafe.config.ConfigFactory;
import dev.troupe.persistence.backup.Archivable;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.persistence.postgresql.PostgresEventStore;
import dev.troupe.persistence.postgresql.PostgresSettings;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// An open event store, whichever engine it is of.
///
/// @param events for the actors
/// @param archive the same store, for backups
/// @param counters what it counts, by the name of the metric
record OpenStore(EventStore events, Archivable archive, Map<String, LongSupplier> counters)
    implements AutoCloseable {

  private static final String URL = "troupe.store.postgresql.url";

  /// @param directory of an embedded store
  /// @param ended called once if the store cannot go on
  /// @throws StoreException if it cannot be opened; says what to do
  static OpenStore open(
      StoreLocation location, Path directory, InstantSource clock, Consumer<StoreException> ended) {
    if (location.url() == null) {
      var settings = EmbeddedSettings.from(MemberConfig.complete());
      return of(EmbeddedEventStore.open(directory, settings, clock, ended));
    }
    var store = PostgresEventStore.openAlone(postgresql(location.url()), clock);
    return new OpenStore(store, store, Map.of());
  }

  private static PostgresSettings postgresql(String url) {
    var config =
        ConfigFactory.parseMap(Map.of(URL, url)).withFallback(MemberConfig.complete()).resolve();
    return PostgresSettings.from(config);
  }

  private static OpenStore of(EmbeddedEventStore store) {
    return new OpenStore(store, store, Map.of("troupe_store_syncs_total", store::commits));
  }

  @Override
  public void close() {
    events.close();
  }
}
