package dev.troupe.runtime.member;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/// The end of an actor system, for whatever reason.
final class MemberEnd {

  private final ActorSystem<?> system;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  /// Takes its place at the front of every end, also of one by a fatal error in an actor.
  MemberEnd(ActorSystem<?> system) {
    this.system = system;
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "tell-that-it-ends",
            () -> {
              begun.complete(null);
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  CompletionStage<Void> begun() {
    return begun;
  }

  CompletionStage<Void> over() {
    return system.getWhenTerminated().thenAccept(_ -> {});
  }
}
