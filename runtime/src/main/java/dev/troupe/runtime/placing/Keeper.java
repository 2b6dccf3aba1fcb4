package dev.troupe.runtime.placing;

import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Sees to it that everything is awake that is placed: nobody else would wake what nobody asks.
final class Keeper {

  sealed interface Command {}

  private record Look() implements Command {}

  /// What is here may go for good.
  ///
  /// @param replyTo is run when nothing will be woken any more
  record Stop(Runnable replyTo) implements Command {}

  private Keeper() {}

  /// @param period between two looks
  /// @param missing of whom nobody knows where they are
  static Behavior<Command> create(
      Duration period, Supplier<List<PartitionId>> missing, Consumer<PartitionId> wake) {
    return Behaviors.withTimers(timers -> {
      timers.startTimerWithFixedDelay(new Look(), Duration.ZERO, period);
      return Behaviors.receiveMessage(command ->
          switch (command) {
            case Look() -> {
              missing.get().forEach(wake);
              yield Behaviors.same();
            }
            case Stop(var replyTo) -> {
              replyTo.run();
              yield Behaviors.stopped();
            }
          });
    });
  }
}
