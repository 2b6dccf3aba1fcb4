package dev.troupe.testkit.world;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.IndexEntryReader;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.logic.PartitionEffects;
import dev.troupe.runtime.collection.logic.PartitionLogic;
import dev.troupe.runtime.collection.logic.PartitionSettings;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Flight;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// A partition on a schedule: carries [PartitionLogic] as its actor does, with children that carry
/// what resources decide.
public final class SimulatedPartition implements PartitionEffects {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final PartitionId id;
  private final Schedule schedule;
  private final EventStore store;
  private final ResourceLogic resources;
  private final IndexEntryReader reader;
  private final Schedule.Mailbox mailbox;
  private final Roots roots = new Roots();
  private final PartitionLogic logic;
  private final Map<Long, SimulatedChild> children = new HashMap<>();
  private final List<String> reports = new ArrayList<>();

  private EpochLogic epoch;
  private boolean alive = true;

  public SimulatedPartition(
      PartitionId id,
      Schedule schedule,
      EventStore store,
      ResourceLogic resources,
      IndexEntryReader reader,
      PartitionSettings settings) {
    this.id = id;
    this.schedule = schedule;
    this.store = store;
    this.resources = resources;
    this.reader = reader;
    this.mailbox = schedule.mailbox();
    this.logic =
        new PartitionLogic(id, settings, roots, this, schedule, schedule.random()::nextDouble);
    this.epoch = new EpochLogic(id, 0, new VersionClock<>(0, 0, 0, schedule), resources, schedule);
    tell(PartitionLogic::start);
    tick();
  }

  public PartitionId id() {
    return id;
  }

  public Roots roots() {
    return roots;
  }

  /// The epoch that it has, or had last.
  public long epoch() {
    return epoch.epoch();
  }

  public List<String> reports() {
    return reports;
  }

  public boolean isAlive() {
    return alive;
  }

  /// Sends a message to the partition.
  public void tell(Consumer<PartitionLogic> message) {
    mailbox.put(() -> message.accept(logic));
  }

  /// Ends it between two messages, with all its children, as kill -9 does.
  public void crash() {
    alive = false;
    mailbox.stop();
    children.values().forEach(SimulatedChild::stop);
    children.clear();
  }

  /// Ends one of its children.
  public void crashChild() {
    if (!children.isEmpty()) {
      var all = children.keySet().stream().sorted().toList();
      long child = all.get(schedule.random().nextInt(all.size()));
      endChild(child);
    }
  }

  /// One of its children has ended by itself.
  void ended(SimulatedChild child) {
    children.entrySet().stream()
        .filter(entry -> entry.getValue() == child)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::endChild);
  }

  private void endChild(long child) {
    var ended = children.remove(child);
    if (ended != null) {
      ended.stop();
      tell(partition -> partition.terminated(child));
    }
  }

  private void tick() {
    if (alive) {
      tell(PartitionLogic::tick);
      schedule.after(TICK, this::tick);
    }
  }

  @Override
  public void open() {
    store
        .open(id)
        .whenComplete((opened, failure) ->
            tell(partition -> {
              if (opened != null) {
                partition.opened(opened);
              } else {
                partition.openFailed(String.valueOf(failure));
              }
            }));
  }

  @Override
  public void load(long ofEpoch, Set<ResourceKey> wanted) {
    var loader = new IndexLoader(reader, wanted);
    store
        .scan(id, Long.MAX_VALUE, loader::add)
        .whenComplete((_, failure) ->
            tell(partition -> {
              if (failure == null) {
                partition.loaded(ofEpoch, loader.index(), loader.found());
              } else {
                partition.openFailed(failure.toString());
              }
            }));
  }

  @Override
  public void begin(long ofEpoch, VersionClock<Flight> clock) {
    epoch = new EpochLogic(id, ofEpoch, clock, resources, schedule);
  }

  @Override
  public void end(long ofEpoch) {
    children.values().forEach(SimulatedChild::stop);
    children.clear();
  }

  @Override
  public void wake(long child, ResourceKey key) {
    children.put(child, new SimulatedChild(key, schedule, store, epoch, this));
  }

  @Override
  public void decide(long child, Order order) {
    var awake = children.get(child);
    if (awake != null) {
      awake.tell(order);
    }
  }

  @Override
  public void stop(long child) {
    var awake = children.remove(child);
    if (awake != null) {
      awake.stop();
    }
  }

  @Override
  public void keep(long ofEpoch, long keeping, Map<String, byte[]> facts) {
    store
        .append(List.of(new EventStore.Group(id, ofEpoch, List.of(), facts)))
        .whenComplete((outcomes, failure) ->
            tell(partition -> {
              if (outcomes != null && outcomes.getFirst() == EventStore.Outcome.STORED) {
                partition.kept(ofEpoch, keeping);
              } else if (outcomes != null && outcomes.getFirst().isRefused()) {
                partition.keepRefused(ofEpoch, keeping);
              } else {
                partition.keepFailed(ofEpoch, outcomes + " " + failure);
              }
            }));
  }

  @Override
  public void retryAfter(Duration delay) {
    schedule.after(delay, () -> tell(PartitionLogic::retry));
  }

  @Override
  public void close(long ofEpoch) {
    store.close(id, ofEpoch).thenAccept(_ -> crash());
  }

  @Override
  public void report(String what) {
    reports.add(what);
  }
}
