package dev.troupe.runtime.member;

import dev.troupe.runtime.lease.logic.LeaseEffect;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of an actor system, for whatever reason.
final class MemberEnd {

  /// It ends by itself.
  private record ByItself(String why) implements CoordinatedShutdown.Reason {}

  private static final Logger LOG = LoggerFactory.getLogger(MemberEnd.class);

  private final ActorSystem<?> system;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  /// Takes its place at the front of every end, also of one by a fatal error in an actor.
  MemberEnd(ActorSystem<?> system) {
    this.system = system;
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "tell-that-it-ends",
            () -> {
              if (isDowned()) {
                failure.compareAndSet(
                    null, new IllegalStateException("the cluster has removed this member"));
              }
              begun.complete(null);
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  /// Ends the system, as the member cannot go on among others; without effect if it ends already.
  void because(LeaseEffect.Stop stop) {
    if (!begun.isDone() && failure.compareAndSet(null, failed(stop))) {
      LOG.error("this member ends: {}", stop.why());
      // Whoever is down waits for nobody to say goodbye to.
      var cluster = Cluster.get(system);
      cluster.manager().tell(new Down(cluster.selfMember().address()));
      var _ = CoordinatedShutdown.get(system).runAll(new ByItself(stop.why()));
    }
  }

  private static RuntimeException failed(LeaseEffect.Stop stop) {
    return stop.astray()
        ? new Company.TurnedAwayException(stop.why())
        : new IllegalStateException(stop.why());
  }

  private boolean isDowned() {
    return reason()
        .filter(reason -> reason.equals(CoordinatedShutdown.clusterDowningReason()))
        .isPresent();
  }

  private Optional<CoordinatedShutdown.Reason> reason() {
    return CoordinatedShutdown.get(system).getShutdownReason();
  }

  /// Whether it was asked to end.
  boolean isPlanned() {
    return !isDowned() && failure.get() == null;
  }

  /// Why it ends, if nobody has asked it to.
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure.get());
  }

  CompletionStage<Void> begun() {
    return begun;
  }

  CompletionStage<Void> over() {
    return system.getWhenTerminated().thenAccept(_ -> {});
  }
}
