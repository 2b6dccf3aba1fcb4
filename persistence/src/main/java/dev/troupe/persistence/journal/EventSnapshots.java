package dev.troupe.persistence.journal;

import dev.troupe.runtime.store.LatestRecords.Latest;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.StoreSetup;
import java.util.Optional;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/// Gives a waking actor the state that its open partition has of it. Stores nothing: every event
/// holds the whole state already.
final class EventSnapshots extends SnapshotStore {

  private final OpenActors actors = new OpenActors(StoreSetup.of(context().system()).epochs());

  /// Called by Pekko.
  public EventSnapshots() {}

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return JournalFailures.catching(() ->
        actors
            .latest(persistenceId)
            .map(latest -> snapshot(persistenceId, latest))
            .filter(snapshot -> criteria.matches(snapshot.metadata())));
  }

  private static SelectedSnapshot snapshot(String persistenceId, Latest latest) {
    return SelectedSnapshot.create(
        new SnapshotMetadata(persistenceId, latest.sequence(), 0), latest.state());
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return readOnly(metadata.persistenceId());
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return readOnly(metadata.persistenceId());
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return readOnly(persistenceId);
  }

  private static Future<Void> readOnly(String persistenceId) {
    return Futures.failed(
        new StoreException(persistenceId + ": snapshots are neither stored nor deleted"));
  }
}
