package dev.troupe.runtime.resource;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.resource.logic.Step;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.NotStoredException;
import dev.troupe.runtime.store.PersistentId;
import dev.troupe.runtime.store.StoreSetup;
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

  /// The version of the event that is being stored, or was stored last.
  private long storing;

  public static Behavior<Order> create(ResourceKey key, EpochLogic logic, ResourceOwner owner) {
    return new ResourceActor(key, logic, owner);
  }

  private ResourceActor(ResourceKey key, EpochLogic logic, ResourceOwner owner) {
    super(
        PersistenceId.ofUniqueId(
            new PersistentId(logic.partition(), logic.epoch(), key).toString()));
    this.logic = logic;
    this.owner = owner;
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
    return switch (step(state, order)) {
      case Step.Answer(var reply, var decidedOn) -> {
        owner.decided(logic.epoch(), order.command(), reply, decidedOn);
        yield Effect().none();
      }
      case Step.Persist(var event, var resource) -> {
        storing = event.version();
        yield Effect()
            .persist(event)
            .thenRun(() -> owner.persisted(logic.epoch(), event, resource));
      }
      case Step.Stop() -> Effect().none();
    };
  }

  /// A mistake in a rule fails one write, not the resource.
  private Step step(ResourceState state, Order order) {
    try {
      return logic.handle(state, order);
    } catch (RuntimeException mistake) {
      LOG.error("{} could not be decided", order.request().mutation().key(), mistake);
      return EpochLogic.broken(state);
    }
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
            (_, signal) -> owner.failed(logic.epoch(), "unknown outcome: " + signal.failure()))
        .onSignal(JournalPersistRejected.class, (_, signal) -> rejected(signal.failure()))
        .build();
  }

  private void rejected(Throwable why) {
    if (why instanceof NotStoredException refused && refused.outcome().isRefused()) {
      owner.notStored(logic.epoch(), storing, refused.outcome());
    } else {
      owner.failed(logic.epoch(), "not stored: " + why);
    }
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
