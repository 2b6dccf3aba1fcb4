package dev.troupe.runtime.store;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/// Hands the event store to those that open partitions of their own. Part of an actor system's
/// setup.
public final class StoreSetup extends Setup {

  private final EventStore store;

  public StoreSetup(EventStore store) {
    this.store = store;
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
}
