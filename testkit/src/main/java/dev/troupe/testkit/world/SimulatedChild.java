package dev.troupe.testkit.world;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.resource.logic.Step;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.LatestRecords.Latest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/// An awake resource on a schedule: reads its state when it wakes, decides one order at a time, and
/// waits while an event is being stored.
final class SimulatedChild {

  private final ResourceKey key;
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
    switch (epoch.handle(state, order)) {
      case Step.Answer(var reply, var decidedOn) ->
          partition.tell(logic -> logic.decided(epoch.epoch(), order.command(), reply, decidedOn));
      case Step.Persist(var event, var resource) -> store(event, resource);
      case Step.Stop() -> {}
    }
  }

  private void store(EventRecord event, StoredResource resource) {
    storing = true;
    var group = new EventStore.Group(event.partition(), event.epoch(), List.of(event), Map.of());
    store
        .append(List.of(group))
        .whenComplete((outcomes, failure) ->
            mailbox.put(() -> {
              if (outcomes != null && outcomes.getFirst() == EventStore.Outcome.STORED) {
                stored(event, resource);
              } else if (outcomes != null && outcomes.getFirst().isRefused()) {
                refused(event, outcomes.getFirst());
              } else {
                partition.tell(logic -> logic.failed(epoch.epoch(), outcomes + " " + failure));
              }
            }));
  }

  /// As an actor does whose event the journal rejects, with whatever else it had to do.
  private void refused(EventRecord event, EventStore.Outcome why) {
    partition.tell(logic -> logic.notStored(epoch.epoch(), event.version(), why));
    partition.ended(this);
  }

  private void stored(EventRecord event, StoredResource resource) {
    state = state.apply(event);
    storing = false;
    partition.tell(logic -> logic.persisted(epoch.epoch(), event, resource));
    while (!storing && !stash.isEmpty()) {
      handle(stash.removeFirst());
    }
  }
}
