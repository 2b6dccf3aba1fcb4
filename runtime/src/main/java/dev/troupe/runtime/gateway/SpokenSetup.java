package dev.troupe.runtime.gateway;

import dev.troupe.runtime.wire.WireVersions;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/// Tells the serializer, which Pekko creates by the name of its class, which version of the
/// language is spoken. Part of an actor system's setup.
public final class SpokenSetup extends Setup {

  private final IntSupplier spoken;

  /// @param spoken is asked for each message, on any thread
  public SpokenSetup(IntSupplier spoken) {
    this.spoken = spoken;
  }

  /// What is spoken where nobody knows the others: what every release of this language understands.
  public static IntSupplier of(ActorSystem system) {
    return system
        .settings()
        .setup()
        .get(SpokenSetup.class)
        .map(setup -> setup.spoken)
        .orElse(WireVersions.OURS::lowest);
  }
}
