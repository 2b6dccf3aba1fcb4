package dev.troupe.runtime.resource.logic;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.time.Instant;
import java.util.function.BiConsumer;

/// How the resources of a partition decide while an epoch lasts. Shared by all of them.
public final class EpochLogic {

  private final PartitionId partition;
  private final long epoch;
  private final VersionClock<Draft> clock;
  private final Deciding logic;
  private final BiConsumer<Order, RuntimeException> mistakes;

  /// @param mistakes is told of an order whose decision has failed; may throw, if nothing goes on
  ///   then
  public EpochLogic(
      PartitionId partition,
      long epoch,
      VersionClock<Draft> clock,
      Deciding logic,
      BiConsumer<Order, RuntimeException> mistakes) {
    this.partition = partition;
    this.epoch = epoch;
    this.clock = clock;
    this.logic = logic;
    this.mistakes = mistakes;
  }

  public long epoch() {
    return epoch;
  }

  /// Decides and, if there is something to store, takes its version. A mistake in a rule fails one
  /// write, not the resource.
  ///
  /// @param state of the resource that is told
  public ResourceEffect decide(ResourceState state, Order order, Instant now) {
    Decision decision;
    try {
      decision = logic.decide(state, order, now);
    } catch (RuntimeException mistake) {
      mistakes.accept(order, mistake);
      return broken(state, order);
    }
    return switch (decision) {
      case ResourceEffect.Answer answer -> answer;
      case Draft draft -> take(order, draft);
    };
  }

  /// The answer if deciding failed: nothing has been stored.
  private static ResourceEffect broken(ResourceState state, Order order) {
    var refusal =
        new Refusal(StatusReason.INTERNAL_ERROR, "the write could not be decided", null, 0);
    return new ResourceEffect.Answer(
        order.number(), new WriteReply.Refused(refusal), state.version());
  }

  private ResourceEffect take(Order order, Draft draft) {
    long version = clock.take(order.request().seen(), draft);
    if (version == Version.NONE) {
      return new ResourceEffect.Nothing();
    }
    var event = draft.event(partition, epoch, version);
    return new ResourceEffect.Store(event, draft.resource(event), order.request().trace());
  }
}
