package dev.troupe.persistence.contract;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.event;
import static dev.troupe.persistence.contract.Events.key;
import static dev.troupe.persistence.contract.Events.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A random history that a store and a store in memory go through together: they answer alike, and
/// hold the same at the end.
public final class RandomHistory {

  private static final List<PartitionId> PARTITIONS =
      List.of(Events.PARTITION, new PartitionId(Events.PODS, 1), Events.OTHER);
  private static final int NAMES = 12;

  private final EventStore model = new InMemoryEventStore(InstantSource.fixed(NOW));
  private final Map<PartitionId, Long> epochs = new HashMap<>();
  private final Map<PartitionId, Integer> clocks = new HashMap<>();
  private final Random random;
  private EventStore store;

  /// @param store a new one, whose clock stands at [EventStoreContract#NOW]
  public RandomHistory(Random random, EventStore store) {
    this.random = random;
    this.store = store;
  }

  /// Goes on with what was opened again.
  public void goOnWith(EventStore again) {
    store = again;
  }

  public void steps(int count) {
    for (int step = 0; step < count; step++) {
      step();
    }
  }

  private void step() {
    int dice = random.nextInt(40);
    if (dice == 0) {
      prune();
    } else if (dice < 3) {
      open(PARTITIONS.get(random.nextInt(PARTITIONS.size())));
    } else if (dice == 3) {
      close(PARTITIONS.get(random.nextInt(PARTITIONS.size())));
    } else if (dice == 4) {
      count(PARTITIONS.get(random.nextInt(PARTITIONS.size())).collection());
    } else {
      append();
    }
  }

  private void open(PartitionId partition) {
    var opened = await(store.open(partition));
    assertThat(opened).usingRecursiveComparison().isEqualTo(await(model.open(partition)));
    epochs.put(partition, opened.epoch());
  }

  private void close(PartitionId partition) {
    long epoch = epochs.getOrDefault(partition, 0L);
    boolean served = random.nextBoolean();
    await(store.close(partition, epoch, served));
    await(model.close(partition, epoch, served));
  }

  /// Opens every partition, and asks for their number: both answer alike.
  public void openAll() {
    PARTITIONS.forEach(this::open);
    PARTITIONS.forEach(partition -> count(partition.collection()));
  }

  /// The first number is kept.
  private void count(TypeRef collection) {
    int wanted = 1 + random.nextInt(2);
    assertThat(await(store.partitions(collection, wanted)))
        .isEqualTo(await(model.partitions(collection, wanted)));
  }

  private void prune() {
    long keptFrom = random.nextInt(400);
    var age = Duration.ofMillis(NOW.toEpochMilli() - keptFrom);
    var retention = new Retention(new Rule(age, 1 + random.nextInt(4)), Map.of());
    await(store.prune(retention));
    await(model.prune(retention));
  }

  private void append() {
    var groups = new ArrayList<Group>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      groups.add(group(PARTITIONS.get(random.nextInt(PARTITIONS.size()))));
    }
    List<Outcome> outcomes = await(store.append(groups));
    assertThat(outcomes).isEqualTo(await(model.append(groups)));
  }

  /// Mostly right: sometimes of another epoch, of a version or sequence that was used.
  private Group group(PartitionId partition) {
    long epoch = epochs.getOrDefault(partition, 0L) - (random.nextInt(20) == 0 ? 1 : 0);
    var events = new ArrayList<EventRecord>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      events.add(randomEvent(partition, epoch));
    }
    var facts =
        random.nextInt(5) == 0
            ? Map.of("fact-" + random.nextInt(3), new byte[random.nextInt(3)])
            : Map.<String, byte[]>of();
    return new Group(partition, epoch, events, facts);
  }

  private EventRecord randomEvent(PartitionId partition, long epoch) {
    var name = name(partition, random.nextInt(NAMES));
    var last = await(model.history(key(partition, name), 1));
    boolean again = last.isEmpty() || last.getFirst().type() == EventRecord.Type.DELETED;
    long sequence = again ? 1 : last.getFirst().sequence() + (random.nextInt(15) == 0 ? 0 : 1);
    var type =
        again
            ? EventRecord.Type.CREATED
            : random.nextInt(4) == 0 ? EventRecord.Type.DELETED : EventRecord.Type.UPDATED;
    // Versions are stored nearly in their order.
    int n = clocks.merge(partition, 1 + random.nextInt(2), Integer::sum) - random.nextInt(4);
    return event(partition, epoch, Math.max(1, n), name, type, sequence);
  }

  private static String name(PartitionId partition, int n) {
    return "r-" + partition.number() + "-" + n + "-" + "x".repeat(100);
  }

  public void compare() {
    for (var partition : PARTITIONS) {
      assertThat(scan(store, partition, Long.MAX_VALUE))
          .isEqualTo(scan(model, partition, Long.MAX_VALUE));
      compareTail(partition.collection());
      compareThen(partition);
      for (int n = 0; n < NAMES; n++) {
        var key = key(partition, name(partition, n));
        assertThat(await(store.history(key, 100))).isEqualTo(await(model.history(key, 100)));
      }
    }
  }

  private void compareTail(TypeRef collection) {
    var expected = await(model.tail(collection, 0, EventStore.Most.of(10_000)));
    assertThat(await(store.tail(collection, 0, EventStore.Most.of(10_000)))).isEqualTo(expected);
    long after = expected.horizon() + (random.nextInt(100) << 16);
    int limit = 1 + random.nextInt(50);
    assertThat(await(store.tail(collection, after, EventStore.Most.of(limit))))
        .isEqualTo(await(model.tail(collection, after, EventStore.Most.of(limit))));
  }

  private void compareThen(PartitionId partition) {
    long horizon = await(model.tail(partition.collection(), 0, EventStore.Most.of(1))).horizon();
    for (int i = 0; i < 3; i++) {
      long then = Math.max(horizon, version(partition, random.nextInt(500)));
      assertThat(scan(store, partition, then)).isEqualTo(scan(model, partition, then));
    }
  }

  private static Set<EventRecord> scan(EventStore store, PartitionId partition, long at) {
    Set<EventRecord> records = ConcurrentHashMap.newKeySet();
    await(store.scan(partition, at, records::add));
    return records;
  }
}
