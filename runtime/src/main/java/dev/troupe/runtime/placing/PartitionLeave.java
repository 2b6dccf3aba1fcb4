package dev.troupe.runtime.placing;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Asks one partition to leave, and waits until it is gone.
final class PartitionLeave {

  private record Gone() {}

  private PartitionLeave() {}

  static CompletableFuture<Done> of(ActorSystem<?> system, ActorRef<PartitionMessage> partition) {
    var gone = new CompletableFuture<Done>();
    system.systemActorOf(watch(partition, gone), "leave-" + partition.path().name(), Props.empty());
    return gone;
  }

  private static Behavior<Gone> watch(
      ActorRef<PartitionMessage> partition, CompletableFuture<Done> gone) {
    return Behaviors.setup(context -> {
      context.watchWith(partition, new Gone());
      partition.tell(new PartitionMessage.Leave());
      return Behaviors.receiveMessage(_ -> {
        gone.complete(Done.getInstance());
        return Behaviors.stopped();
      });
    });
  }
}
