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

  /// How many are woken at a look: what is woken waits in a buffer of sharding, and is asked about
  /// again and again, until it is known where it goes.
  private static final int MOST = 100;

  private final Supplier<List<PartitionId>> missing;
  private final Consumer<PartitionId> wake;

  /// Where the next look begins, so that those who cannot be placed keep nobody else waiting.
  private int next;

  private Keeper(Supplier<List<PartitionId>> missing, Consumer<PartitionId> wake) {
    this.missing = missing;
    this.wake = wake;
  }

  /// @param period between two looks
  /// @param missing of whom nobody knows where they are
  static Behavior<Command> create(
      Duration period, Supplier<List<PartitionId>> missing, Consumer<PartitionId> wake) {
    return Behaviors.withTimers(timers -> {
      var keeper = new Keeper(missing, wake);
      timers.startTimerWithFixedDelay(new Look(), Duration.ZERO, period);
      return Behaviors.receiveMessage(command ->
          switch (command) {
            case Look() -> {
              keeper.look();
              yield Behaviors.same();
            }
            case Stop(var replyTo) -> {
              replyTo.run();
              yield Behaviors.stopped();
            }
          });
    });
  }

  private void look() {
    var all = missing.get();
    int most = Math.min(MOST, all.size());
    for (int i = 0; i < most; i++) {
      wake.accept(all.get((next + i) % all.size()));
    }
    next = all.size() > MOST ? (next + most) % all.size() : 0;
  }
}
