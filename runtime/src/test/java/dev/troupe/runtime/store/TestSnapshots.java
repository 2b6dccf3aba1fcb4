package dev.troupe.runtime.store;

import java.util.Optional;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/// Answers with what the partition knows.
public final class TestSnapshots extends SnapshotStore {

  private final StoreSetup setup = StoreSetup.of(context().system());

  static Optional<LatestRecords.Latest> latest(StoreSetup setup, String text) {
    var id = PersistentId.parse(text);
    return setup
        .epochs()
        .find(id.partition(), id.epoch())
        .orElseThrow(() -> new StoreException(id + " is over"))
        .find(id.key());
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String id, SnapshotSelectionCriteria criteria) {
    return Futures.successful(
        latest(setup, id)
            .map(latest ->
                SelectedSnapshot.create(
                    new SnapshotMetadata(id, latest.sequence(), 0), latest.state())));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return Futures.failed(new UnsupportedOperationException("the index is the snapshot"));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return Futures.successful(null);
  }

  @Override
  public Future<Void> doDeleteAsync(String id, SnapshotSelectionCriteria criteria) {
    return Futures.successful(null);
  }
}
