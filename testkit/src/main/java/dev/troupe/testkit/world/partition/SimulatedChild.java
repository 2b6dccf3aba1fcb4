package dev.troupe.testkit.world.partition;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.resource.logic.ResourceMessage;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.LatestRecords.Latest;
import dev.troupe.testkit.world.Schedule;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/// An awake resource on a schedule: reads its state when it wakes, decides one order at a time, and
/// waits while an event is being stored.
final class SimulatedChild {

  private final ResourceKey key;
  private final Schedule schedule;
  private final EventStore store;
  private final EpochLogic epoch;
  private final SimulatedPartition partition;
  private final Schedule.Mailbox mailbox;
  private final ArrayDeque<Order> stash = new ArrayDeque<>();

  private ResourceState state = ResourceState.unknown(0);
  private boolean storing;

  SimulatedChild(
      ResourceKey key,
      Schedule schedule,
      EventStore store,
      EpochLogic epoch,
      SimulatedPartition partition) {
    this.key = key;
    this.schedule = schedule;
    this.store = store;
    this.epoch = epoch;
    this.partition = partition;
    this.mailbox = schedule.mailbox();
    mailbox.put(this::recover);
  }

  void tell(Order order) {
    mailbox.put(() -> handle(order));
  }

  void stop() {
    mailbox.stop();
  }

  private void recover() {
    var root = partition.roots().newest();
    if (root != null) {
      state =
          root.index().latest(key).map(Latest::state).map(ResourceState.class::cast).orElse(state);
    }
  }

  private void handle(Order order) {
    if (storing) {
      stash.addLast(order);
      return;
    }
    on(order);
  }

  private void on(ResourceMessage message) {
    switch (epoch.on(state, message, schedule.instant())) {
      case ResourceEffect.Answer answer ->
          partition.tell(new PartitionMessage.Decided(epoch.epoch(), answer));
      case ResourceEffect.Store(var event, var resource) -> store(event, resource);
      case ResourceEffect.Refuse(var version, var why) -> {
        partition.tell(new PartitionMessage.Refused(epoch.epoch(), version, why));
        // As an actor does whose event the journal does not take, with whatever else it had to do.
        partition.ended(this);
      }
      case ResourceEffect.Fail(var why) ->
          partition.tell(new PartitionMessage.Failed(epoch.epoch(), why));
      case ResourceEffect.Nothing() -> {}
    }
  }

  private void store(EventRecord event, StoredResource resource) {
    storing = true;
    var group = new EventStore.Group(event.partition(), event.epoch(), List.of(event), Map.of());
    store
        .append(List.of(group))
        .whenComplete((outcomes, failure) ->
            mailbox.put(() -> {
              if (outcomes == null) {
                on(new ResourceMessage.Failed(String.valueOf(failure)));
              } else if (outcomes.getFirst() == EventStore.Outcome.STORED) {
                stored(event, resource);
              } else {
                on(new ResourceMessage.NotStored(event.version(), outcomes.getFirst()));
              }
            }));
  }

  private void stored(EventRecord event, StoredResource resource) {
    state = state.apply(event);
    storing = false;
    partition.tell(new PartitionMessage.Stored(epoch.epoch(), event, resource));
    while (!storing && !stash.isEmpty()) {
      handle(stash.removeFirst());
    }
  }
}
