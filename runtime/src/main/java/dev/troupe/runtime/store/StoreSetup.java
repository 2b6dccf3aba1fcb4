package dev.troupe.runtime.store;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/// Hands the event store and the open epochs to the journal and snapshot plugins, which Pekko
/// creates by their class names. Part of an actor system's setup.
///
/// The payload of every persisted event is an [EventRecord] with the sequence number that Pekko
/// gives it; a snapshot is [LatestRecords.Latest#state()].
public final class StoreSetup extends Setup {

  /// The configuration paths of the plugins. The module that implements them sets their classes.
  public static final String JOURNAL = "troupe.journal";

  public static final String SNAPSHOTS = "troupe.snapshots";

  private final EventStore store;
  private final OpenEpochs epochs;

  public StoreSetup(EventStore store, OpenEpochs epochs) {
    this.store = store;
    this.epochs = epochs;
  }

  /// @throws IllegalStateException if the system was started without one
  public static StoreSetup of(ActorSystem system) {
    return system
        .settings()
        .setup()
        .get(StoreSetup.class)
        .orElseThrow(() -> new IllegalStateException(system.name() + " has no event store"));
  }

  public EventStore store() {
    return store;
  }

  public OpenEpochs epochs() {
    return epochs;
  }
}
