package dev.troupe.testkit.world.partition;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.relay.LogReader;
import dev.troupe.runtime.relay.logic.MergeBoard;
import dev.troupe.runtime.relay.logic.RelayEffect;
import dev.troupe.runtime.relay.logic.RelayLogic;
import dev.troupe.runtime.relay.logic.RelayMessage;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
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
  private final BooleanSupplier arrives;
  private final Flaw flaw;

  /// What it has said of each partition.
  private final Map<PartitionId, RelayEffect.Credit> credited = new HashMap<>();

  private final Map<PartitionId, RelayEffect.Follow> asked = new HashMap<>();

  /// The last change that each partition has streamed.
  private final Map<PartitionId, Long> newest = new LinkedHashMap<>();

  /// The last change that each watch has been shown.
  private final Map<Long, WatchItem> last = new HashMap<>();

  private boolean alive = true;

  /// @param credit how much each partition may stream
  /// @param arrives whether something gets to the other side, in either direction
  SimulatedRelay(
      long id,
      List<PartitionId> partitions,
      int credit,
      Function<PartitionId, SimulatedPartition> directory,
      Schedule schedule,
      LogReader log,
      BiConsumer<Long, WatchItem> deliver,
      BiConsumer<Long, RuntimeException> end,
      BooleanSupplier arrives,
      Flaw flaw) {
    this.id = id;
    this.directory = directory;
    this.schedule = schedule;
    this.log = log;
    this.mailbox = schedule.mailbox();
    this.deliver = deliver;
    this.end = end;
    this.arrives = arrives;
    this.flaw = flaw;
    partitions.forEach(partition -> newest.put(partition, 0L));
    // A small ring, so that the log is needed often.
    this.logic = new RelayLogic(partitions, 8, 1 << 20, credit, new MergeBoard());
    tell(new RelayMessage.Start());
    tick();
  }

  /// The last change that each partition has streamed.
  Map<PartitionId, Long> newest() {
    return newest;
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
      case RelayEffect.Deliver(var watcher, var item) -> deliver(watcher, item);
      case RelayEffect.End(var watcher, var why) -> end.accept(watcher, why);
      case RelayEffect.Credit credit -> credit(credit);
      case RelayEffect.Promise(var partition, var version) ->
          tell(partition, new PartitionMessage.Ask(version, _ -> {}));
      case RelayEffect.Read(var request, var after, var most) ->
          log.read(request, after, most, this::tell);
      case RelayEffect.Find(var partition) -> look(partition);
      case RelayEffect.Look(var partition) -> look(partition);
      case RelayEffect.Follow follow -> follow(follow);
      case RelayEffect.Unfollow(var partition) ->
          tell(partition, new PartitionMessage.Unfollow(id));
    }
  }

  private void tell(PartitionId partition, PartitionMessage message) {
    var current = followed.get(partition);
    if (current != null && arrives.getAsBoolean()) {
      current.tell(message);
    }
  }

  /// A partition that is gone has a successor at once, which is noticed a little later.
  private void look(PartitionId partition) {
    if (directory.apply(partition) != followed.get(partition)) {
      tell(new RelayMessage.Arrived(partition));
      if (flaw == Flaw.REPEATS_AT_A_NEW_OWNER) {
        last.forEach(deliver);
      }
    }
  }

  private void deliver(long watcher, WatchItem item) {
    if (item instanceof WatchItem.Changed) {
      last.put(watcher, item);
    }
    deliver.accept(watcher, item);
  }

  private void credit(RelayEffect.Credit credit) {
    var former = credited.put(credit.partition(), credit);
    boolean repeats =
        former != null && former.attempt() == credit.attempt() && former.total() == credit.total();
    if (!repeats || flaw != Flaw.REPEATS_NO_CREDIT) {
      tell(
          credit.partition(),
          new PartitionMessage.Credit(id, credit.attempt(), credit.total(), credit.known()));
    }
  }

  private void follow(RelayEffect.Follow follow) {
    followed.put(follow.partition(), directory.apply(follow.partition()));
    if (!follow.equals(asked.put(follow.partition(), follow)) || flaw != Flaw.REPEATS_NO_FOLLOW) {
      tell(
          follow.partition(),
          new PartitionMessage.Follow(id, follow.attempt(), follow.credit(), this::streamed));
    }
  }

  private void streamed(StreamedItem streamed) {
    if (arrives.getAsBoolean()) {
      if (streamed.item() instanceof StreamItem.Item item) {
        newest.put(item.partition(), item.version());
      }
      tell(new RelayMessage.Streamed(streamed));
    }
  }
}
