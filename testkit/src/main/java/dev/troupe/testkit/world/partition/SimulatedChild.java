package dev.troupe.testkit.world.partition;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.resource.logic.AwakeResource;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.resource.logic.ResourceMessage;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.testkit.world.Schedule;
import java.util.List;
import java.util.Map;

/// An awake resource on a schedule: carries [AwakeResource] as its actor does.
final class SimulatedChild {

  private final Schedule schedule;
  private final EventStore store;
  private final EpochLogic epoch;
  private final AwakeResource resource;
  private final SimulatedPartition partition;
  private final Schedule.Mailbox mailbox;

  SimulatedChild(
      Schedule schedule,
      EventStore store,
      EpochLogic epoch,
      ResourceState state,
      SimulatedPartition partition) {
    this.schedule = schedule;
    this.store = store;
    this.epoch = epoch;
    this.resource = new AwakeResource(epoch, state);
    this.partition = partition;
    this.mailbox = schedule.mailbox();
  }

  void tell(Order order) {
    mailbox.put(() -> on(order));
  }

  void stop() {
    mailbox.stop();
  }

  private void on(ResourceMessage message) {
    for (var effect : resource.on(message, schedule.instant())) {
      switch (effect) {
        case ResourceEffect.Answer answer ->
            partition.tell(new PartitionMessage.Decided(epoch.epoch(), answer));
        case ResourceEffect.Store store -> store(store);
        case ResourceEffect.Refuse(var version, var why) -> {
          partition.tell(new PartitionMessage.Refused(epoch.epoch(), version, why));
          // As the actor does, with whatever else it had to do.
          partition.ended(this);
        }
        case ResourceEffect.Fenced() -> partition.tell(new PartitionMessage.Fenced(epoch.epoch()));
        case ResourceEffect.Fail(var why) ->
            partition.tell(new PartitionMessage.Failed(epoch.epoch(), why));
        case ResourceEffect.Nothing() -> {}
      }
    }
  }

  private void store(ResourceEffect.Store wanted) {
    var event = wanted.event();
    var group = new EventStore.Group(event.partition(), event.epoch(), List.of(event), Map.of());
    store
        .append(List.of(group))
        .whenComplete((outcomes, failure) -> {
          var outcome = ResourceMessage.outcome(event.version(), outcomes, failure);
          mailbox.put(() -> on(outcome));
          if (outcome instanceof ResourceMessage.Stored) {
            partition.tell(new PartitionMessage.Stored(epoch.epoch(), event, wanted.resource()));
          }
        });
  }
}
