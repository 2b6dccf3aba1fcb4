package dev.troupe.runtime.collection.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.PartitionSettings;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.collection.waiting.Deliveries;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
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
final class PartitionBench {

  static final PartitionId ID = new PartitionId(Writes.COLLECTION, 3);

  private static final PartitionSettings SETTINGS =
      new PartitionSettings(10, 3, 1, Duration.ofSeconds(30), Duration.ofHours(1), 2);

  /// An event that a child is storing.
  record Storing(long epoch, ResourceEffect.Store persist) {}

  final Roots roots = new Roots();
  final List<Integer> opens = new ArrayList<>();
  final ArrayDeque<Map<String, byte[]>> keeping = new ArrayDeque<>();
  final Map<Long, ResourceKey> awake = new HashMap<>();
  final List<Long> stopped = new ArrayList<>();

  /// An order that a child has been given.
  record Given(EpochLogic epoch, Order order) {}

  final ArrayDeque<Given> orders = new ArrayDeque<>();
  final List<String> reports = new ArrayList<>();

  /// With the epochs that they are about.
  final List<String> notes = new ArrayList<>();

  /// The times that each note tells of.
  final List<Map<String, Long>> times = new ArrayList<>();

  long now = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  Set<ResourceKey> wanted = Set.of();
  long epoch;
  long closed;
  boolean served;
  boolean readableWhenClosed;
  boolean isServing;
  boolean isClean = true;

  /// Whether a lease is there as soon as it is waited for.
  boolean isLeased = true;

  long awaited;
  int guards;
  @Nullable MemberId guardedAgainst;
  boolean departed;
  boolean finished;

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

  /// Whom it has asked to give up epochs before which one.
  final List<String> asked = new ArrayList<>();

  /// The uid of the definition of the partition's type, as its member knows it.
  String definition = "";

  private long lastKeeping;
  private final PartitionLogic partition;
  private @Nullable EpochLogic logic;

  PartitionBench() {
    this(SETTINGS, null);
  }

  /// A partition of one of many members.
  PartitionBench(MemberId owner) {
    this(SETTINGS, owner);
  }

  private PartitionBench(PartitionSettings settings, @Nullable MemberId owner) {
    partition = new PartitionLogic(ID, owner, settings, roots, time, () -> 0.5, () -> definition);
    tell(new PartitionMessage.Start());
    opened();
    loaded();
    kept();
  }

  /// Tells the partition something, and does what it wants done.
  void tell(PartitionMessage message) {
    var effects = partition.on(message, now);
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      carryOut(effect);
    }
  }

  /// How far those are who follow.
  Deliveries deliveries() {
    return partition.deliveries();
  }

  Writes writes() {
    return Writes.at(time.instant());
  }

  List<WriteReply> write(WriteRequest request) {
    var replies = new ArrayList<WriteReply>();
    tell(new PartitionMessage.Write(request, replies::add));
    return replies;
  }

  List<Promise> ask(long version) {
    var promises = new ArrayList<Promise>();
    tell(new PartitionMessage.Ask(version, promises::add));
    return promises;
  }

  /// The outcome of an append is unknown.
  void fail() {
    tell(new PartitionMessage.Failed(epoch, "unknown"));
  }

  /// Somebody has opened a later epoch.
  void fence() {
    tell(new PartitionMessage.Fenced(epoch));
  }

  /// Lets the child of the oldest order decide, on its newest state.
  ResourceEffect decide() {
    var given = orders.removeFirst();
    var root = roots.newest();
    var state = root == null ? ResourceState.unknown(0) : root.index().state(given.order().key());
    return decide(given, state);
  }

  ResourceEffect decide(Given given, ResourceState state) {
    var effect = given.epoch().decide(state, given.order(), time.instant());
    if (effect instanceof ResourceEffect.Answer answer) {
      tell(new PartitionMessage.Decided(given.epoch().epoch(), answer));
    }
    return effect;
  }

  Storing storing() {
    return new Storing(epoch, (ResourceEffect.Store) decide());
  }

  /// The log has the event; nobody has been told.
  void store(Storing storing) {
    log.add(storing.persist().event());
  }

  void tell(Storing storing) {
    tell(
        new PartitionMessage.Stored(
            storing.epoch(), storing.persist().event(), storing.persist().resource()));
  }

  void storeAndTell(Storing storing) {
    store(storing);
    tell(storing);
  }

  void opened() {
    epoch++;
    long highest = log.stream().mapToLong(EventRecord::version).max().orElse(0);
    tell(
        new PartitionMessage.Opened(
            new EventStore.Opened(epoch, Map.copyOf(facts), isClean, highest)));
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
    tell(new PartitionMessage.Loaded(epoch, loader.index(), loader.found()));
  }

  private static EventRecord newer(EventRecord one, EventRecord other) {
    return one.version() > other.version() ? one : other;
  }

  /// Everything that is being kept has been stored.
  void kept() {
    while (!keeping.isEmpty()) {
      store(keeping.removeFirst());
      tell(new PartitionMessage.Kept(epoch, lastKeeping - keeping.size()));
    }
  }

  /// Nobody knows whether what is being kept is stored.
  ///
  /// @return what may be stored later
  List<Map<String, byte[]>> keepsFail() {
    var unknown = List.copyOf(keeping);
    for (long id = lastKeeping - keeping.size() + 1; id <= lastKeeping; id++) {
      tell(new PartitionMessage.KeepFailed(epoch, id, "the connection was lost"));
    }
    keeping.clear();
    return unknown;
  }

  /// Facts are stored after all, and nobody is told.
  void storeLate(List<Map<String, byte[]>> unknown) {
    unknown.forEach(this::store);
  }

  private void store(Map<String, byte[]> kept) {
    kept.forEach((name, value) -> {
      if (value.length == 0) {
        facts.remove(name);
      } else {
        facts.put(name, value);
      }
    });
  }

  /// There is no room for anything that is being kept.
  void keepsRefused() {
    for (long id = lastKeeping - keeping.size() + 1; id <= lastKeeping; id++) {
      tell(new PartitionMessage.KeepRefused(epoch, id));
    }
    keeping.clear();
  }

  /// The store refuses an event, and the child that had it ends.
  void refuse(Storing storing, EventStore.Outcome why) {
    var event = storing.persist().event();
    tell(new PartitionMessage.Refused(storing.epoch(), event.version(), why));
    terminated(event.key());
  }

  /// A child ends, with all orders that it had.
  void terminated(ResourceKey key) {
    orders.removeIf(given -> given.order().key().equals(key));
    awake.entrySet().stream()
        .filter(child -> child.getValue().equals(key))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(child -> {
          awake.remove(child);
          tell(new PartitionMessage.ChildTerminated(child));
        });
  }

  void reopen() {
    tell(new PartitionMessage.Retry());
    opened();
    loaded();
    kept();
  }

  /// Somebody else has served meanwhile.
  void noted(MemberId owner) {
    facts.putAll(OwnerFact.of(owner));
  }

  /// Finds in the store what another one has left.
  void follows(PartitionBench former) {
    facts.clear();
    facts.putAll(former.facts);
  }

  /// Whether somebody is noted against whom the next one has to guard.
  boolean isAnybodyNoted() {
    return OwnerFact.last(new EventStore.Opened(epoch, Map.copyOf(facts), isClean, 0)) != null;
  }

  /// The names of the ceilings that are stored.
  List<String> ceilings() {
    return facts.keySet().stream().filter(name -> name.startsWith("ceiling")).toList();
  }

  long ceiling() {
    return ceilings().stream()
        .mapToLong(name -> ByteBuffer.wrap(facts.get(name)).getLong())
        .max()
        .orElse(0);
  }

  private void carryOut(PartitionEffect effect) {
    switch (effect) {
      case PartitionEffect.AwaitLease(var ticket) -> await(ticket);
      case PartitionEffect.AwaitGuard(var ticket, var owner) -> {
        guards++;
        guardedAgainst = owner;
        await(ticket);
      }
      case PartitionEffect.Open() -> opens.add(1);
      case PartitionEffect.Load(_, var keys) -> wanted = keys;
      case PartitionEffect.Begin(var ofEpoch, var clock) -> {
        isServing = true;
        logic = new EpochLogic(ID, ofEpoch, clock, resources, PartitionBench::mistaken);
      }
      case PartitionEffect.End _ -> {
        isServing = false;
        awake.clear();
        orders.clear();
      }
      case PartitionEffect.Wake(var child, var key) -> awake.put(child, key);
      case PartitionEffect.Decide(_, var order) -> orders.addLast(new Given(begun(), order));
      case PartitionEffect.Stop(var child) -> {
        awake.remove(child);
        stopped.add(child);
      }
      case PartitionEffect.Forget(var child) -> awake.remove(child);
      case PartitionEffect.Keep(_, var keepingId, var stored) -> {
        lastKeeping = keepingId;
        keeping.addLast(stored);
      }
      case PartitionEffect.Close(var ofEpoch, var asServed, var left) -> {
        facts.putAll(left);
        closed = ofEpoch;
        readableWhenClosed = roots.newest() != null;
        served = asServed;
      }
      case PartitionEffect.Report(_, var what) -> reports.add(what);
      case PartitionEffect.Note(var at, var what, var told) -> {
        notes.add(at + ": " + what);
        times.add(told);
      }
      case PartitionEffect.Answer(var replyTo, var reply) -> replyTo.tell(reply);
      case PartitionEffect.Tell(var replyTo, var promise) -> replyTo.tell(promise);
      case PartitionEffect.Confirm(var replyTo, var reply) -> replyTo.tell(reply);
      case PartitionEffect.Concede(var replyTo, var ofEpoch) -> replyTo.tell(ofEpoch);
      case PartitionEffect.AskFormer(var former, var ofEpoch) -> asked.add(former + " " + ofEpoch);
      case PartitionEffect.Stream(var replyTo, var streamed) -> replyTo.tell(streamed);
      case PartitionEffect.Depart() -> departed = true;
      case PartitionEffect.Finish() -> finished = true;
      case PartitionEffect.RetryAfter _, PartitionEffect.Forsake _ -> {}
    }
  }

  private void await(long ticket) {
    awaited = ticket;
    if (isLeased) {
      leased();
    }
  }

  /// The lease that was waited for last is there.
  void leased() {
    tell(new PartitionMessage.Leased(awaited));
  }

  private static void mistaken(Order order, RuntimeException mistake) {
    throw mistake;
  }

  private EpochLogic begun() {
    var current = logic;
    if (current == null) {
      throw new IllegalStateException("no epoch has begun");
    }
    return current;
  }
}
