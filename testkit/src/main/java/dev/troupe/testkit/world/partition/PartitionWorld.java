package dev.troupe.testkit.world.partition;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.PartitionSettings;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.relay.LogReader;
import dev.troupe.runtime.relay.logic.RelayMessage;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.testkit.history.Checker;
import dev.troupe.testkit.history.History;
import dev.troupe.testkit.world.FaultRates;
import dev.troupe.testkit.world.Schedule;
import dev.troupe.testkit.world.SimulatedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One collection on a seeded schedule: its partitions, relays, and a store that lasts; with
/// everything that may happen to them. What clients and watchers see is recorded.
public final class PartitionWorld {

  private static final int MAX_BYTES = 1 << 20;

  /// How long a member may read on that has been replaced.
  private static final int LEASE_MILLIS = 1_000;

  private static final Duration MISSED_AFTER = Duration.ofMillis(200);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /// Few may be awake, so that resources sleep and wake often, and few deleted ones are remembered.
  private static final PartitionSettings SETTINGS =
      new PartitionSettings(100, 10, 2, Duration.ofSeconds(2), Duration.ofSeconds(20), 2);

  private final Schedule schedule;
  private final SimulatedStore store;
  private final ResourceLogic resources;
  private final IndexEntryReader reader;
  private final Placement placement;
  private final Flaw flaw;

  /// How much a relay lets each partition stream.
  private final int credit;

  /// How often a message between a relay and a partition gets lost.
  private double lost = 0.02;

  private final List<PartitionId> ids;
  private final Map<PartitionId, SimulatedPartition> current = new HashMap<>();
  private final List<SimulatedPartition> zombies = new ArrayList<>();
  private final Map<MemberId, SimulatedLease> leases = new HashMap<>();
  private final Map<Long, RuntimeException> ended = new HashMap<>();
  private final History history = new History();

  /// By the partitions that they merge.
  private final Map<List<PartitionId>, SimulatedRelay> relays = new LinkedHashMap<>();

  private final Map<Long, List<PartitionId>> watched = new HashMap<>();

  private long followers;
  private long watches;

  public PartitionWorld(
      long seed, FaultRates faults, int partitions, ResourceType type, Mutator mutator) {
    this(seed, faults, partitions, type, mutator, Flaw.NONE);
  }

  public PartitionWorld(
      long seed, FaultRates faults, int partitions, ResourceType type, Mutator mutator, Flaw flaw) {
    this.flaw = flaw;
    this.credit = 1 << seed % 4;
    schedule = new Schedule(seed, START);
    store = new SimulatedStore(schedule, faults);
    if (flaw == Flaw.IGNORES_WARNINGS) {
      store.ignoreWarnings();
    }
    resources = new ResourceLogic(type, mutator, MAX_BYTES);
    reader = IndexEntryReader.of(type);
    placement = new Placement(Map.of(type.ref(), partitions));
    ids = placement.partitions(type.ref());
    store.partitions(type.ref(), partitions);
    ids.forEach(id -> current.put(id, start(id)));
  }

  private SimulatedPartition start(PartitionId id) {
    var lease = new SimulatedLease(schedule, new MemberId("member", leases.size()));
    leases.put(lease.member(), lease);
    return new SimulatedPartition(
        id,
        schedule,
        store,
        resources,
        reader,
        SETTINGS,
        lease,
        this::lease,
        flaw,
        this::startAgain);
  }

  private SimulatedLease lease(MemberId member) {
    var lease = leases.get(member);
    if (lease == null) {
      throw new IllegalArgumentException("there is no member " + member);
    }
    return lease;
  }

  /// What ends by itself is started again where it is placed, as soon as somebody misses it.
  private void startAgain(SimulatedPartition finished) {
    finished.lease().end(Duration.ZERO);
    schedule.sometime(
        MISSED_AFTER,
        () -> {
          if (partition(finished.id()) == finished) {
            current.put(finished.id(), start(finished.id()));
          }
        });
  }

  /// Starts at the first watch.
  private SimulatedRelay relay(List<PartitionId> merged) {
    return relays.computeIfAbsent(merged, this::startRelay);
  }

  private SimulatedRelay startRelay(List<PartitionId> merged) {
    return new SimulatedRelay(
        ++followers,
        merged,
        credit,
        this::partition,
        schedule,
        new LogReader(merged.getFirst().collection(), store, reader),
        history::watched,
        (watch, why) -> ended.put(watch, why),
        () -> !schedule.chance(lost),
        flaw);
  }

  public Schedule schedule() {
    return schedule;
  }

  public SimulatedStore store() {
    return store;
  }

  public History history() {
    return history;
  }

  public List<PartitionId> partitions() {
    return ids;
  }

  public SimulatedPartition partition(PartitionId id) {
    var partition = current.get(id);
    if (partition == null) {
      throw new IllegalArgumentException("there is no partition " + id);
    }
    return partition;
  }

  public PartitionId placed(ResourceKey key) {
    return placement.of(key.type(), key.namespace(), key.name());
  }

  /// Writes, and records the answer.
  public void write(WriteRequest request, Consumer<WriteReply> then) {
    var target = partition(placed(request.mutation().key()));
    send(target, request, then);
  }

  /// Writes to a partition that has been replaced and does not know.
  public void writeToZombie(WriteRequest request) {
    zombies.stream()
        .filter(SimulatedPartition::isAlive)
        .filter(zombie -> zombie.id().equals(placed(request.mutation().key())))
        .findFirst()
        .ifPresent(zombie -> send(zombie, request, _ -> {}));
  }

  private void send(SimulatedPartition target, WriteRequest request, Consumer<WriteReply> then) {
    long asked = history.tick();
    target.tell(
        new PartitionMessage.Write(
            request,
            reply -> {
              var root = target.roots().newest();
              // Nothing can be read where nothing has been loaded, so nothing is read too early.
              long readable = root == null ? Long.MAX_VALUE : root.version();
              history.answered(request, reply, asked, readable);
              then.accept(reply);
            }));
  }

  /// Reads every partition wherever it can be read, as a member does: without a message.
  public void read() {
    Stream.concat(current.values().stream(), zombies.stream())
        .forEach(
            partition -> partition.read().ifPresent(root -> history.read(partition.id(), root)));
  }

  /// Asks for the state at a version, and records it.
  public void readAt(PartitionId id, long version) {
    var partition = partition(id);
    partition.tell(
        new PartitionMessage.Ask(
            version,
            _ ->
                partition
                    .roots()
                    .at(version)
                    .ifPresent(root -> history.readAt(id, root, version))));
  }

  /// Starts a watch; it gets nothing before it asks for something.
  public long watch(long after) {
    return watch(ids, after);
  }

  /// The same of one namespace.
  public long watch(String namespace, long after) {
    return watch(placement.partitions(ids.getFirst().collection(), namespace), after);
  }

  /// Takes up a watch where it was, as clients do.
  public long resume(long watch) {
    return watch(followedBy(watch), position(watch));
  }

  private long watch(List<PartitionId> merged, long after) {
    long watch = ++watches;
    watched.put(watch, merged);
    history.watching(watch, merged, after);
    relay(merged).tell(new RelayMessage.Watch(watch, after));
    return watch;
  }

  public void request(long watch, long more) {
    relay(followedBy(watch)).tell(new RelayMessage.Request(watch, more));
  }

  /// Whose changes a watch shows.
  public List<PartitionId> followedBy(long watch) {
    var merged = watched.get(watch);
    if (merged == null) {
      throw new IllegalArgumentException("there is no watch " + watch);
    }
    return merged;
  }

  public boolean hasEnded(long watch) {
    return ended.containsKey(watch);
  }

  public void crash(PartitionId id) {
    crash(partition(id));
    current.put(id, start(id));
  }

  private static void crash(SimulatedPartition partition) {
    partition.crash();
    partition.lease().end(Duration.ZERO);
  }

  /// Starts a partition again while the former goes on, as when a member only seems to be dead. It
  /// may read for a while.
  public void replace(PartitionId id) {
    var zombie = partition(id);
    zombie.lease().end(Duration.ofMillis(schedule.random().nextInt(LEASE_MILLIS)));
    zombies.addFirst(zombie);
    current.put(id, start(id));
  }

  /// Lets a partition leave, and start somewhere else when it has.
  public void move(PartitionId id) {
    partition(id).tell(new PartitionMessage.Leave());
  }

  public void crashRelays() {
    relays.values().forEach(SimulatedRelay::crash);
    relays.clear();
  }

  /// Nothing fails any more; lets everything come to rest.
  public void settle() {
    store.faults(FaultRates.NONE);
    if (store.isWithoutStandby()) {
      store.failOver();
    }
    lost = 0;
    zombies.forEach(PartitionWorld::crash);
    schedule.advance(Duration.ofSeconds(10));
  }

  /// What of the invariants has been violated; empty if nothing.
  public List<String> violations() {
    return Checker.check(history, store.log());
  }

  /// The partitions whose newest change has not been streamed to a relay that merges them; empty if
  /// all streams live.
  public Set<PartitionId> silentStreams() {
    var newest = new HashMap<PartitionId, Long>();
    store.log().forEach(event -> newest.merge(event.partition(), event.version(), Math::max));
    return relays.values().stream()
        .flatMap(relay -> relay.newest().entrySet().stream())
        .filter(stream -> stream.getValue() < newest.getOrDefault(stream.getKey(), 0L))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// How far a watch is.
  public long position(long watch) {
    return history.watch(watch).position();
  }

  /// The changes that a watch has delivered.
  public List<WatchItem> watched(long watch) {
    return history.watch(watch).items();
  }
}
