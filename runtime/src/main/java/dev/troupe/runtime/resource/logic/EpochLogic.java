package dev.troupe.runtime.resource.logic;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.time.Instant;

/// What the resources of a partition do while an epoch lasts. Shared by all of them.
public final class EpochLogic {

  private final PartitionId partition;
  private final long epoch;
  private final VersionClock<Draft> clock;
  private final ResourceLogic logic;

  public EpochLogic(
      PartitionId partition, long epoch, VersionClock<Draft> clock, ResourceLogic logic) {
    this.partition = partition;
    this.epoch = epoch;
    this.clock = clock;
    this.logic = logic;
  }

  public PartitionId partition() {
    return partition;
  }

  public long epoch() {
    return epoch;
  }

  /// @param state of the resource that is told
  public ResourceEffect on(ResourceState state, ResourceMessage message, Instant now) {
    return switch (message) {
      case Order order -> decide(state, order, now);
      case ResourceMessage.NotStored(var version, var outcome) ->
          outcome.isRefused()
              ? new ResourceEffect.Refuse(version, outcome)
              : new ResourceEffect.Fail("not stored: " + outcome);
      case ResourceMessage.Failed(var why) -> new ResourceEffect.Fail(why);
    };
  }

  /// Decides and, if there is something to store, takes its version.
  private ResourceEffect decide(ResourceState state, Order order, Instant now) {
    return switch (logic.decide(state, order, now)) {
      case ResourceEffect.Answer answer -> answer;
      case Draft draft -> take(order, draft);
    };
  }

  /// The answer if deciding failed: nothing has been stored.
  public static ResourceEffect broken(ResourceState state, Order order) {
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
    return new ResourceEffect.Store(event, draft.resource(event));
  }
}
