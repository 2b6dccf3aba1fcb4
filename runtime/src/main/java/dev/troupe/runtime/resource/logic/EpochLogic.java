package dev.troupe.runtime.resource.logic;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.time.InstantSource;

/// What the resources of a partition do with orders while an epoch lasts. Shared by all of them.
public final class EpochLogic {

  private final PartitionId partition;
  private final long epoch;
  private final VersionClock<Flight> clock;
  private final ResourceLogic logic;
  private final InstantSource time;

  public EpochLogic(
      PartitionId partition,
      long epoch,
      VersionClock<Flight> clock,
      ResourceLogic logic,
      InstantSource time) {
    this.partition = partition;
    this.epoch = epoch;
    this.clock = clock;
    this.logic = logic;
    this.time = time;
  }

  public PartitionId partition() {
    return partition;
  }

  public long epoch() {
    return epoch;
  }

  /// Decides and, if there is something to store, takes its version.
  public Step handle(ResourceState state, Order order) {
    var decision = logic.decide(state, order.request(), order.namespaceClosed(), time.instant());
    return switch (decision) {
      case Decision.Answer(var reply, var decidedOn) -> new Step.Answer(reply, decidedOn);
      case Decision.Store(var draft) -> take(order, draft);
    };
  }

  /// The answer if deciding failed: nothing has been stored.
  public static Step broken(ResourceState state) {
    var refusal =
        new Refusal(StatusReason.INTERNAL_ERROR, "the write could not be decided", null, 0);
    return new Step.Answer(new WriteReply.Refused(refusal), state.version());
  }

  private Step take(Order order, Draft draft) {
    long version = clock.take(order.request().seen(), new Flight(order.command(), draft));
    if (version == Version.NONE) {
      return new Step.Stop();
    }
    var event = draft.event(partition, epoch, version);
    return new Step.Persist(event, draft.resource(event));
  }
}
