package dev.troupe.runtime.resource;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.resource.logic.ResourceMessage;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.NotStoredException;
import dev.troupe.runtime.store.PersistentId;
import dev.troupe.runtime.store.StoreSetup;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.JournalPersistRejected;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The single writer of one resource while it is awake in one epoch. Carries [EpochLogic].
///
/// Its latest state comes from its partition by way of the snapshot plugin. It answers its
/// partition alone: the partition answers the writer when the event is released.
public final class ResourceActor extends EventSourcedBehavior<Order, EventRecord, ResourceState> {

  private static final Logger LOG = LoggerFactory.getLogger(ResourceActor.class);

  private final EpochLogic logic;
  private final ResourceOwner owner;
  private final InstantSource time;

  /// The version of the event that is being stored, or was stored last.
  private long storing;

  public static Behavior<Order> create(
      ResourceKey key, EpochLogic logic, ResourceOwner owner, InstantSource time) {
    return new ResourceActor(key, logic, owner, time);
  }

  private ResourceActor(
      ResourceKey key, EpochLogic logic, ResourceOwner owner, InstantSource time) {
    super(
        PersistenceId.ofUniqueId(
            new PersistentId(logic.partition(), logic.epoch(), key).toString()));
    this.logic = logic;
    this.owner = owner;
    this.time = time;
  }

  @Override
  public ResourceState emptyState() {
    return ResourceState.unknown(0);
  }

  @Override
  public CommandHandler<Order, EventRecord, ResourceState> commandHandler() {
    return this::handle;
  }

  private Effect<EventRecord, ResourceState> handle(ResourceState state, Order order) {
    return carryOut(decide(state, order));
  }

  /// A mistake in a rule fails one write, not the resource.
  private ResourceEffect decide(ResourceState state, Order order) {
    try {
      return logic.on(state, order, time.instant());
    } catch (RuntimeException mistake) {
      LOG.error("{} could not be decided", order.key(), mistake);
      return EpochLogic.broken(state, order);
    }
  }

  private Effect<EventRecord, ResourceState> carryOut(ResourceEffect effect) {
    return switch (effect) {
      case ResourceEffect.Store(var event, var resource) -> {
        storing = event.version();
        yield Effect().persist(event).thenRun(() -> owner.stored(logic.epoch(), event, resource));
      }
      case ResourceEffect.Answer answer -> {
        owner.decided(logic.epoch(), answer);
        yield Effect().none();
      }
      case ResourceEffect.Refuse(var version, var why) -> {
        owner.refused(logic.epoch(), version, why);
        yield Effect().none();
      }
      case ResourceEffect.Fail(var why) -> {
        owner.failed(logic.epoch(), why);
        yield Effect().none();
      }
      case ResourceEffect.Nothing() -> Effect().none();
    };
  }

  @Override
  public EventHandler<ResourceState, EventRecord> eventHandler() {
    return ResourceState::apply;
  }

  @Override
  public SignalHandler<ResourceState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            JournalPersistFailed.class,
            (state, signal) ->
                told(state, new ResourceMessage.Failed("unknown outcome: " + signal.failure())))
        .onSignal(
            JournalPersistRejected.class,
            (state, signal) -> told(state, rejected(signal.failure())))
        .build();
  }

  private ResourceMessage rejected(Throwable why) {
    return why instanceof NotStoredException refused
        ? new ResourceMessage.NotStored(storing, refused.outcome())
        : new ResourceMessage.Failed("not stored: " + why);
  }

  private void told(ResourceState state, ResourceMessage message) {
    var _ = carryOut(logic.on(state, message, time.instant()));
  }

  @Override
  public String journalPluginId() {
    return StoreSetup.JOURNAL;
  }

  @Override
  public String snapshotPluginId() {
    return StoreSetup.SNAPSHOTS;
  }
}
