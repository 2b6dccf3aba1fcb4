package dev.troupe.runtime.resource;

import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.resource.logic.AwakeResource;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.resource.logic.ResourceMessage;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.trace.TraceSpan;
import dev.troupe.runtime.trace.Traces;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The single writer of one resource while it is awake in one epoch: an event-sourced actor that
/// carries [AwakeResource].
///
/// Its latest state is given to it by its partition, which has it in its index, and its events go
/// to the store by its port: nothing is recovered when it wakes, and a write asks nobody else. The
/// partition answers the writer when the event is released.
public final class ResourceActor extends ExtensibleBehavior<ResourceMessage> {

  private final long epoch;
  private final AwakeResource resource;
  private final EventStore store;
  private final Handover handover;
  private final Traces traces;
  private final ResourceOwner owner;
  private final InstantSource time;

  /// @param state what its partition knows of the resource
  public static Behavior<ResourceMessage> create(
      EpochLogic epoch,
      ResourceState state,
      EventStore store,
      Handover handover,
      Traces traces,
      ResourceOwner owner,
      InstantSource time) {
    return new ResourceActor(epoch, state, store, handover, traces, owner, time);
  }

  private ResourceActor(
      EpochLogic epoch,
      ResourceState state,
      EventStore store,
      Handover handover,
      Traces traces,
      ResourceOwner owner,
      InstantSource time) {
    this.epoch = epoch.epoch();
    this.resource = new AwakeResource(epoch, state);
    this.store = store;
    this.handover = handover;
    this.traces = traces;
    this.owner = owner;
    this.time = time;
  }

  @Override
  public Behavior<ResourceMessage> receive(
      TypedActorContext<ResourceMessage> context, ResourceMessage message) {
    Behavior<ResourceMessage> next = Behaviors.same();
    for (var effect : resource.on(message, time.instant())) {
      switch (effect) {
        case ResourceEffect.Store store -> store(context, store);
        case ResourceEffect.Answer answer -> owner.decided(epoch, answer);
        case ResourceEffect.Refuse(var version, var why) -> {
          owner.refused(epoch, version, why);
          next = Behaviors.stopped();
        }
        case ResourceEffect.Fenced() -> owner.fenced(epoch);
        case ResourceEffect.Fail(var why) -> owner.failed(epoch, why);
        case ResourceEffect.Nothing() -> {}
      }
    }
    return next;
  }

  @Override
  public Behavior<ResourceMessage> receiveSignal(
      TypedActorContext<ResourceMessage> context, Signal signal) {
    return Behaviors.same();
  }

  /// The partition is told of a durable event at once, but behind the actor: whatever it sends to
  /// the actor afterwards finds the state after the event.
  private void store(TypedActorContext<ResourceMessage> context, ResourceEffect.Store wanted) {
    var self = context.asJava().getSelf();
    long version = wanted.event().version();
    var span = appending(wanted);
    append(wanted)
        .whenComplete((outcomes, failure) -> {
          var outcome = ResourceMessage.outcome(version, outcomes, failure);
          end(span, outcome);
          handover.tell(() -> self.tell(outcome));
          if (outcome instanceof ResourceMessage.Stored) {
            owner.stored(epoch, wanted.event(), wanted.resource());
          }
        });
  }

  private TraceSpan appending(ResourceEffect.Store wanted) {
    var event = wanted.event();
    return traces
        .begin(Traces.Step.APPEND, wanted.trace())
        .with("partition", event.partition())
        .with("epoch", event.epoch());
  }

  private static void end(TraceSpan span, ResourceMessage outcome) {
    switch (outcome) {
      case ResourceMessage.NotStored(_, var why) -> span.failed(why.toString());
      case ResourceMessage.Failed _ -> span.failed("unknown outcome");
      case ResourceMessage.Stored _, Order _ -> {}
    }
    span.end();
  }

  private CompletionStage<List<EventStore.Outcome>> append(ResourceEffect.Store wanted) {
    var event = wanted.event();
    try {
      return store.append(
          List.of(
              new EventStore.Group(event.partition(), event.epoch(), List.of(event), Map.of())));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }
}
