package dev.troupe.clusterconfig.engine;

import dev.troupe.persistence.backup.Archivable;
import dev.troupe.runtime.store.EventStore;
import java.util.Map;
import java.util.function.LongSupplier;

/// An open event store, whichever engine it is of.
///
/// @param events for the actors
/// @param archive the same store, for backups
/// @param counters what it counts, by the name of the metric
public record OpenStore(EventStore events, Archivable archive, Map<String, LongSupplier> counters)
    implements AutoCloseable {

  public static <S extends EventStore & Archivable> OpenStore of(
      S store, Map<String, LongSupplier> counters) {
    return new OpenStore(store, store, counters);
  }

  @Override
  public void close() {
    events.close();
  }
}
