package dev.troupe.testkit.world;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.IndexEntryReader;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.relay.logic.RelayEffects;
import dev.troupe.runtime.relay.logic.RelayLogic;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// A relay on a schedule.
public final class SimulatedRelay implements RelayEffects {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final long id;
  private final TypeRef collection;
  private final List<PartitionId> partitions;
  private final Function<PartitionId, SimulatedPartition> directory;
  private final Schedule schedule;
  private final EventStore store;
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
    this.collection = partitions.getFirst().collection();
    this.partitions = partitions;
    this.directory = directory;
    this.schedule = schedule;
    this.store = store;
    this.mailbox = schedule.mailbox();
    this.deliver = deliver;
    this.end = end;
    // A small ring, so that the log is needed often.
    this.logic = new RelayLogic(partitions, reader, this, 8, 1 << 20);
    tick();
  }

  public void tell(Consumer<RelayLogic> message) {
    mailbox.put(() -> message.accept(logic));
  }

  public void crash() {
    alive = false;
    mailbox.stop();
    followed.values().forEach(partition -> partition.tell(new PartitionMessage.Unfollow(id)));
  }

  /// Follows whoever is the partition now; called again and again, as one that is gone is noticed.
  private void follow() {
    for (var partition : partitions) {
      var current = directory.apply(partition);
      if (current.isAlive() && followed.put(partition, current) != current) {
        tell(relay -> relay.followed(partition));
        current.tell(
            new PartitionMessage.Follow(
                id,
                RelayLogic.CREDIT,
                item ->
                    tell(relay -> {
                      // Some messages get lost on the way.
                      if (!schedule.chance(0.02)) {
                        relay.stream(item);
                      }
                    })));
      }
    }
  }

  private void tick() {
    if (alive) {
      follow();
      tell(RelayLogic::tick);
      schedule.after(TICK, this::tick);
    }
  }

  @Override
  public void credit(PartitionId partition, int more) {
    var current = followed.get(partition);
    if (current != null) {
      current.tell(new PartitionMessage.Credit(id, more));
    }
  }

  @Override
  public void promise(PartitionId partition, long version) {
    var current = followed.get(partition);
    if (current != null) {
      current.tell(new PartitionMessage.Ask(version, _ -> {}));
    }
  }

  @Override
  public void read(long request, long after, int limit) {
    store
        .tail(collection, after, limit)
        .whenComplete((tail, failure) ->
            tell(relay -> {
              if (tail != null) {
                relay.read(request, tail);
              } else {
                relay.readFailed(request, String.valueOf(failure));
              }
            }));
  }

  @Override
  public void deliver(long watcher, WatchItem item) {
    deliver.accept(watcher, item);
  }

  @Override
  public void end(long watcher, RuntimeException why) {
    end.accept(watcher, why);
  }
}
