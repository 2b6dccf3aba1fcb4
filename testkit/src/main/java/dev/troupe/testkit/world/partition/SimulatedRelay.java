package dev.troupe.testkit.world.partition;

import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.relay.LogReader;
import dev.troupe.runtime.relay.logic.RelayEffect;
import dev.troupe.runtime.relay.logic.RelayLogic;
import dev.troupe.runtime.relay.logic.RelayMessage;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// A relay on a schedule.
public final class SimulatedRelay {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final long id;
  private final Function<PartitionId, SimulatedPartition> directory;
  private final Schedule schedule;
  private final LogReader log;
  private final Schedule.Mailbox mailbox;
  private final RelayLogic logic;
  private final Map<PartitionId, SimulatedPartition> followed = new HashMap<>();
  private final BiConsumer<Long, WatchItem> deliver;
  private final BiConsumer<Long, RuntimeException> end;

  private boolean alive = true;

  public SimulatedRelay(
      long id,
      List<PartitionId> partitions,
      Function<PartitionId, SimulatedPartition> directory,
      Schedule schedule,
      EventStore store,
      IndexEntryReader reader,
      BiConsumer<Long, WatchItem> deliver,
      BiConsumer<Long, RuntimeException> end) {
    this.id = id;
    this.directory = directory;
    this.schedule = schedule;
    this.log = new LogReader(partitions.getFirst().collection(), store, reader);
    this.mailbox = schedule.mailbox();
    this.deliver = deliver;
    this.end = end;
    // A small ring, so that the log is needed often.
    this.logic = new RelayLogic(partitions, 8, 1 << 20);
    tell(new RelayMessage.Start());
    tick();
  }

  public void tell(RelayMessage message) {
    mailbox.put(() -> on(message));
  }

  private void on(RelayMessage message) {
    var effects = logic.on(message);
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      carryOut(effect);
    }
  }

  public void crash() {
    alive = false;
    mailbox.stop();
    followed.values().forEach(partition -> partition.tell(new PartitionMessage.Unfollow(id)));
  }

  private void tick() {
    if (alive) {
      tell(new RelayMessage.Tick());
      schedule.after(TICK, this::tick);
    }
  }

  private void carryOut(RelayEffect effect) {
    switch (effect) {
      case RelayEffect.Deliver(var watcher, var item) -> deliver.accept(watcher, item);
      case RelayEffect.End(var watcher, var why) -> end.accept(watcher, why);
      case RelayEffect.Credit(var partition, var more) ->
          tell(partition, new PartitionMessage.Credit(id, more));
      case RelayEffect.Promise(var partition, var version) ->
          tell(partition, new PartitionMessage.Ask(version, _ -> {}));
      case RelayEffect.Read(var request, var after, var most) ->
          log.read(request, after, most, this::tell);
      case RelayEffect.Find(var partition) -> look(partition);
      case RelayEffect.Look(var partition) -> look(partition);
      case RelayEffect.Follow(var partition, var credit) -> follow(partition, credit);
      case RelayEffect.Unfollow(var partition) ->
          tell(partition, new PartitionMessage.Unfollow(id));
    }
  }

  private void tell(PartitionId partition, PartitionMessage message) {
    var current = followed.get(partition);
    if (current != null) {
      current.tell(message);
    }
  }

  /// A partition that is gone has a successor at once, which is noticed a little later.
  private void look(PartitionId partition) {
    if (directory.apply(partition) != followed.get(partition)) {
      tell(new RelayMessage.Arrived(partition));
    }
  }

  private void follow(PartitionId partition, int credit) {
    var current = directory.apply(partition);
    followed.put(partition, current);
    current.tell(new PartitionMessage.Follow(id, credit, this::streamed));
  }

  /// Some messages get lost on the way.
  private void streamed(StreamItem item) {
    if (!schedule.chance(0.02)) {
      tell(new RelayMessage.Streamed(item));
    }
  }
}
