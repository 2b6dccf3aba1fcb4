package dev.troupe.clusterconfig.endtoend;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A way into the actor system of a member that is started by its command: as an extension that is
/// configured, and so made with the system.
public final class FatalActors implements Extension {

  private static final CompletableFuture<ActorSystem<?>> SYSTEM = new CompletableFuture<>();

  private FatalActors() {}

  /// Starts an actor that does this at once.
  static void failBy(Runnable work) {
    SYSTEM
        .join()
        .systemActorOf(
            Behaviors.setup(_ -> {
              work.run();
              return Behaviors.empty();
            }),
            "fatal",
            Props.empty());
  }

  static void endSystem() {
    SYSTEM.join().terminate();
  }

  /// Made by Pekko, which wants it public.
  public static final class Id extends ExtensionId<FatalActors> {

    private static final Id INSTANCE = new Id();

    /// By this name Pekko asks for it.
    public static Id getInstance() {
      return INSTANCE;
    }

    @Override
    public FatalActors createExtension(ActorSystem<?> system) {
      SYSTEM.complete(system);
      return new FatalActors();
    }
  }
}
