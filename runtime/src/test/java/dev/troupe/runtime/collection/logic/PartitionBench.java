package dev.troupe.runtime.collection.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.IndexEntryReader;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Flight;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Step;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.LatestRecords.Latest;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A partition on a bench: a test plays its children and its store, step by step.
final class PartitionBench implements PartitionEffects {

  static final PartitionId ID = new PartitionId(Writes.COLLECTION, 3);

  /// An event that a child is storing.
  record Storing(long epoch, Step.Persist persist) {}

  final Roots roots = new Roots();
  final List<Integer> opens = new ArrayList<>();
  final ArrayDeque<Map<String, byte[]>> keeping = new ArrayDeque<>();
  final Map<Long, ResourceKey> awake = new HashMap<>();
  final List<Long> stopped = new ArrayList<>();
  final ArrayDeque<Order> orders = new ArrayDeque<>();
  final List<StreamItem> streamed = new ArrayList<>();
  final List<String> reports = new ArrayList<>();
  final PartitionLogic partition;

  long now = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  Set<ResourceKey> wanted = Set.of();
  long epoch;
  long closed;

  private final InstantSource time =
      new InstantSource() {
        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(now);
        }
      };

  private final ResourceLogic resources =
      new ResourceLogic(Writes.TYPE, new SimpleMutator(), 10_000);
  private final IndexEntryReader reader = IndexEntryReader.of(Writes.TYPE);
  private final List<EventRecord> log = new ArrayList<>();
  private final Map<String, byte[]> facts = new HashMap<>();
  private long lastKeeping;
  private @Nullable EpochLogic logic;

  PartitionBench() {
    this(new PartitionSettings(10, 3, 1, Duration.ofHours(1)));
  }

  PartitionBench(PartitionSettings settings) {
    partition = new PartitionLogic(ID, settings, roots, this, time, () -> 0.5);
    partition.start();
    opened();
    loaded();
    kept();
  }

  Writes writes() {
    return Writes.at(time.instant());
  }

  List<WriteReply> write(WriteRequest request) {
    var replies = new ArrayList<WriteReply>();
    partition.write(request, replies::add);
    return replies;
  }

  /// Lets the child of the oldest order decide, on its newest state.
  Step decide() {
    var order = orders.removeFirst();
    var key = order.request().mutation().key();
    var root = roots.newest();
    var state =
        root == null
            ? ResourceState.unknown(0)
            : root.index()
                .latest(key)
                .map(Latest::state)
                .map(ResourceState.class::cast)
                .orElse(ResourceState.unknown(0));
    return decide(order, state);
  }

  Step decide(Order order, ResourceState state) {
    var current = logic;
    if (current == null) {
      throw new IllegalStateException("no epoch has begun");
    }
    var step = current.handle(state, order);
    if (step instanceof Step.Answer(var reply, var decidedOn)) {
      partition.decided(order.epoch(), order.command(), reply, decidedOn);
    }
    return step;
  }

  Storing storing() {
    return new Storing(epoch, (Step.Persist) decide());
  }

  /// The log has the event; nobody has been told.
  void store(Storing storing) {
    log.add(storing.persist().event());
  }

  void tell(Storing storing) {
    partition.persisted(storing.epoch(), storing.persist().event(), storing.persist().resource());
  }

  void storeAndTell(Storing storing) {
    store(storing);
    tell(storing);
  }

  void opened() {
    epoch++;
    long highest = log.stream().mapToLong(EventRecord::version).max().orElse(0);
    partition.opened(new EventStore.Opened(epoch, Map.copyOf(facts), true, highest));
  }

  /// Somebody else has opened the partition in between.
  void openedAfterAnother() {
    epoch++;
    opened();
  }

  void loaded() {
    var loader = new IndexLoader(reader, wanted);
    var newest = new HashMap<ResourceKey, EventRecord>();
    log.forEach(event -> newest.merge(event.key(), event, PartitionBench::newer));
    newest.values().forEach(loader::add);
    partition.loaded(epoch, loader.index(), loader.found());
  }

  private static EventRecord newer(EventRecord one, EventRecord other) {
    return one.version() > other.version() ? one : other;
  }

  /// Everything that is being kept has been stored.
  void kept() {
    while (!keeping.isEmpty()) {
      facts.putAll(keeping.removeFirst());
      partition.kept(epoch, lastKeeping - keeping.size());
    }
  }

  /// There is no room for anything that is being kept.
  void keepsRefused() {
    for (long id = lastKeeping - keeping.size() + 1; id <= lastKeeping; id++) {
      partition.keepRefused(epoch, id);
    }
    keeping.clear();
  }

  /// The store refuses an event, and the child that had it ends.
  void refuse(Storing storing, EventStore.Outcome why) {
    var event = storing.persist().event();
    partition.notStored(storing.epoch(), event.version(), why);
    terminated(event.key());
  }

  /// A child ends, with all orders that it had.
  void terminated(ResourceKey key) {
    orders.removeIf(order -> order.request().mutation().key().equals(key));
    awake.entrySet().stream()
        .filter(child -> child.getValue().equals(key))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(child -> {
          awake.remove(child);
          partition.terminated(child);
        });
  }

  void reopen() {
    partition.retry();
    opened();
    loaded();
    kept();
  }

  long ceiling() {
    var bytes = facts.get("ceiling");
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
  }

  @Override
  public void open() {
    opens.add(1);
  }

  @Override
  public void load(long ofEpoch, Set<ResourceKey> keys) {
    wanted = keys;
  }

  @Override
  public void begin(long ofEpoch, VersionClock<Flight> clock) {
    logic = new EpochLogic(ID, ofEpoch, clock, resources, time);
  }

  @Override
  public void end(long ofEpoch) {
    awake.clear();
    orders.clear();
  }

  @Override
  public void wake(long child, ResourceKey key) {
    awake.put(child, key);
  }

  @Override
  public void decide(long child, Order order) {
    orders.addLast(order);
  }

  @Override
  public void stop(long child) {
    awake.remove(child);
    stopped.add(child);
  }

  @Override
  public void keep(long ofEpoch, long id, Map<String, byte[]> stored) {
    lastKeeping = id;
    keeping.addLast(stored);
  }

  @Override
  public void retryAfter(Duration delay) {}

  @Override
  public void close(long ofEpoch) {
    closed = ofEpoch;
  }

  @Override
  public void report(String what) {
    reports.add(what);
  }
}
