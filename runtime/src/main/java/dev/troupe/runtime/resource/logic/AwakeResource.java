package dev.troupe.runtime.resource.logic;

import dev.troupe.runtime.store.EventStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One resource while it is awake in one epoch: decides one order at a time. While an event is
/// being stored the orders that come wait, and each is decided on the state that the one before has
/// left.
///
/// Not thread-safe.
public final class AwakeResource {

  private final EpochLogic epoch;
  private ResourceState state;

  /// The event that is being stored, or was not stored: nothing is decided any more then.
  private ResourceEffect.@Nullable Store storing;

  /// Made when it is needed: hardly any resource is written by two at once.
  private @Nullable Queue<Order> waiting;

  /// @param state what the partition knows of the resource when it wakes
  public AwakeResource(EpochLogic epoch, ResourceState state) {
    this.epoch = epoch;
    this.state = state;
  }

  /// @return what is to be done, in this order
  public List<ResourceEffect> on(ResourceMessage message, Instant now) {
    return switch (message) {
      case Order order -> order(order, now);
      case ResourceMessage.Stored(var version) -> stored(version, now);
      case ResourceMessage.NotStored(var version, var outcome) ->
          List.of(notStored(version, outcome));
      case ResourceMessage.Failed(var why) -> List.of(new ResourceEffect.Fail(why));
    };
  }

  private static ResourceEffect notStored(long version, EventStore.Outcome outcome) {
    return switch (outcome) {
      case NO_ROOM, OVERLOADED -> new ResourceEffect.Refuse(version, outcome);
      case FENCED -> new ResourceEffect.Fenced();
      case STORED, DUPLICATE -> new ResourceEffect.Fail("not stored: " + outcome);
    };
  }

  private List<ResourceEffect> order(Order order, Instant now) {
    if (storing == null) {
      return List.of(decide(order, now));
    }
    if (waiting == null) {
      waiting = new ArrayDeque<>();
    }
    waiting.add(order);
    return List.of();
  }

  private ResourceEffect decide(Order order, Instant now) {
    var effect = epoch.decide(state, order, now);
    if (effect instanceof ResourceEffect.Store store) {
      storing = store;
    }
    return effect;
  }

  private List<ResourceEffect> stored(long version, Instant now) {
    var stored = storing;
    if (stored == null || stored.event().version() != version) {
      throw new IllegalStateException(version + " is stored, but not " + stored);
    }
    state = state.apply(stored.event());
    storing = null;
    return waiting == null ? List.of() : decideWaiting(waiting, now);
  }

  private List<ResourceEffect> decideWaiting(Queue<Order> orders, Instant now) {
    var effects = new ArrayList<ResourceEffect>();
    while (storing == null && !orders.isEmpty()) {
      effects.add(decide(orders.remove(), now));
    }
    return effects;
  }
}
