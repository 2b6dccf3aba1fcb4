package dev.troupe.runtime.placing;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/// Sees to it that every partition is awake: nobody else would wake one that nobody writes to.
final class Keeper {

  sealed interface Command {}

  private record Look() implements Command {}

  /// Partitions may go for good.
  ///
  /// @param replyTo is run when no partition will be woken any more
  record Stop(Runnable replyTo) implements Command {}

  private static final Duration PERIOD = Duration.ofMillis(200);

  private Keeper() {}

  static Behavior<Command> create(
      List<PartitionId> partitions,
      PartitionDirectory directory,
      ActorRef<ShardingEnvelope<PartitionMessage>> region) {
    return Behaviors.withTimers(timers -> {
      timers.startTimerWithFixedDelay(new Look(), Duration.ZERO, PERIOD);
      return Behaviors.receiveMessage(command ->
          switch (command) {
            case Look() -> {
              wake(directory.missing(partitions), region);
              yield Behaviors.same();
            }
            case Stop(var replyTo) -> {
              replyTo.run();
              yield Behaviors.stopped();
            }
          });
    });
  }

  private static void wake(
      List<PartitionId> missing, ActorRef<ShardingEnvelope<PartitionMessage>> region) {
    missing.forEach(
        id -> region.tell(new ShardingEnvelope<>(id.toString(), new PartitionMessage.Wake())));
  }
}
