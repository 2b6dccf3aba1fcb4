package dev.troupe.clusterconfig.engine;

import dev.troupe.persistence.backup.Archivable;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.measure.MeasuredStore;
import dev.troupe.runtime.store.EventStore;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// An open event store, whichever engine it is of.
///
/// @param events for the actors
/// @param archive the same store, for backups
/// @param counters what it counts, by the name of the metric
/// @param figures what is measured of it
public record OpenStore(
    EventStore events,
    Archivable archive,
    Map<String, LongSupplier> counters,
    Supplier<List<Figure>> figures)
    implements AutoCloseable {

  public static <S extends EventStore & Archivable> OpenStore of(
      S store, Map<String, LongSupplier> counters) {
    return new OpenStore(store, store, counters, List::of);
  }

  /// The same, with its answers timed.
  ///
  /// @param nanos a clock that never goes back
  public OpenStore measured(LongSupplier nanos) {
    var measured = new MeasuredStore(events, nanos);
    return new OpenStore(measured, archive, counters, measured::figures);
  }

  @Override
  public void close() {
    events.close();
  }
}
