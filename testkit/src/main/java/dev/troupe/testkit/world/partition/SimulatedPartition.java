package dev.troupe.testkit.world.partition;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.PartitionSettings;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.logic.PartitionLogic;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.logic.Draft;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A partition on a schedule: carries [PartitionLogic] as its actor does, with children that carry
/// what resources decide.
public final class SimulatedPartition {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final PartitionId id;
  private final Schedule schedule;
  private final EventStore store;
  private final ResourceLogic resources;
  private final PartitionSettings settings;
  private final SimulatedLease lease;
  private final Function<MemberId, SimulatedLease> leases;
  private final Flaw flaw;
  private final Consumer<SimulatedPartition> finished;
  private final Schedule.Mailbox mailbox;
  private final SimulatedOpening opening;
  private final Roots roots = new Roots();
  private final Map<Long, SimulatedChild> children = new HashMap<>();
  private final List<String> reports = new ArrayList<>();

  private PartitionLogic logic;
  private EpochLogic epoch;
  private boolean alive = true;
  private boolean reopened;
  private boolean serving;

  /// @param lease of the member that it is placed at
  /// @param leases those of all
  /// @param finished is told when it ends by itself
  SimulatedPartition(
      PartitionId id,
      Schedule schedule,
      EventStore store,
      ResourceLogic resources,
      IndexEntryReader reader,
      PartitionSettings settings,
      SimulatedLease lease,
      Function<MemberId, SimulatedLease> leases,
      Flaw flaw,
      Consumer<SimulatedPartition> finished) {
    this.id = id;
    this.schedule = schedule;
    this.store = store;
    this.resources = resources;
    this.settings = settings;
    this.lease = lease;
    this.leases = leases;
    this.flaw = flaw;
    this.finished = finished;
    this.mailbox = schedule.mailbox();
    this.opening = new SimulatedOpening(id, store, reader, flaw, this::tell);
    this.logic = logic();
    this.epoch = epoch(0, new VersionClock<>(0, 0, 0, schedule));
    tell(new PartitionMessage.Start());
    tick();
  }

  private PartitionLogic logic() {
    return new PartitionLogic(
        id, lease.member(), settings, roots, schedule, schedule.random()::nextDouble, () -> "");
  }

  public PartitionId id() {
    return id;
  }

  public Roots roots() {
    return roots;
  }

  /// The lease of the member that it is placed at.
  public SimulatedLease lease() {
    return lease;
  }

  /// The newest state, if it can be read and the lease still covers that.
  public Optional<Root> read() {
    return alive && (lease.covers() || flaw == Flaw.READS_WITHOUT_A_LEASE)
        ? Optional.ofNullable(roots.newest())
        : Optional.empty();
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

  /// Whether it is in an epoch.
  public boolean isServing() {
    return alive && serving;
  }

  /// Sends a message to the partition.
  public void tell(PartitionMessage message) {
    mailbox.put(() -> on(message));
  }

  private void on(PartitionMessage message) {
    var effects = logic.on(message, schedule.millis());
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      carryOut(effect);
    }
  }

  /// Ends it between two messages, with all its children, as kill -9 does.
  public void crash() {
    alive = false;
    mailbox.stop();
    stopAll();
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
      tell(new PartitionMessage.ChildTerminated(child));
    }
  }

  private EpochLogic epoch(long number, VersionClock<Draft> clock) {
    return new EpochLogic(
        id,
        number,
        clock,
        resources,
        (_, mistake) -> {
          throw mistake;
        });
  }

  private ResourceState state(ResourceKey key) {
    var root = roots.newest();
    if (root == null) {
      throw new IllegalStateException(id + " wakes " + key + ", and does not serve");
    }
    return root.index().state(key);
  }

  private void tick() {
    if (alive) {
      tell(new PartitionMessage.Tick());
      schedule.after(TICK, this::tick);
    }
  }

  private void carryOut(PartitionEffect effect) {
    switch (effect) {
      case PartitionEffect.Answer(var replyTo, var reply) -> replyTo.tell(reply);
      case PartitionEffect.Decide(var child, var order) -> decide(child, order);
      case PartitionEffect.Stream(var replyTo, var streamed) -> replyTo.tell(streamed);
      case PartitionEffect.Tell(var replyTo, var promise) -> replyTo.tell(promise);
      case PartitionEffect.Confirm(var replyTo, var reply) -> replyTo.tell(reply);
      // Here every former owner is struck.
      case PartitionEffect.AskFormer _ -> {}
      case PartitionEffect.Concede(var replyTo, var ofEpoch) -> replyTo.tell(ofEpoch);
      case PartitionEffect.Wake(var child, var key) ->
          children.put(child, new SimulatedChild(schedule, store, epoch, state(key), this));
      case PartitionEffect.Stop(var child) -> stop(child);
      case PartitionEffect.Forget(var child) -> children.remove(child);
      case PartitionEffect.Keep keep -> keep(keep);
      case PartitionEffect.AwaitLease(var ticket) -> awaitLease(ticket);
      case PartitionEffect.AwaitGuard(var ticket, var owner) -> awaitGuard(ticket, owner);
      case PartitionEffect.Open() -> opening.open();
      case PartitionEffect.RetryAfter(var delay) ->
          schedule.after(delay, () -> tell(new PartitionMessage.Retry()));
      case PartitionEffect.Load(var ofEpoch, var wanted) -> opening.load(ofEpoch, wanted);
      case PartitionEffect.Begin(var ofEpoch, var clock) -> begin(ofEpoch, clock);
      case PartitionEffect.End _ -> end();
      case PartitionEffect.Close(var ofEpoch, var served, var facts) ->
          store
              .close(id, ofEpoch, served, facts)
              .whenComplete((_, _) -> tell(new PartitionMessage.Closed()));
      case PartitionEffect.Forsake(var ofEpoch, var served, var facts) ->
          store.close(id, ofEpoch, served, facts);
      case PartitionEffect.Depart() -> depart();
      case PartitionEffect.Finish() -> finish();
      case PartitionEffect.Report(_, var what) -> reports.add(what);
      case PartitionEffect.Note _ -> {}
    }
  }

  private void begin(long ofEpoch, VersionClock<Draft> clock) {
    epoch = epoch(ofEpoch, clock);
    serving = true;
  }

  private void end() {
    serving = false;
    stopAll();
  }

  private void awaitLease(long ticket) {
    if (reopened) {
      tell(new PartitionMessage.Leased(ticket));
    } else {
      lease.await(() -> tell(new PartitionMessage.Leased(ticket)));
    }
  }

  private void awaitGuard(long ticket, @Nullable MemberId owner) {
    if (owner == null || reopened || flaw == Flaw.GUARDS_AGAINST_NOBODY) {
      awaitLease(ticket);
    } else {
      lease.await(leases.apply(owner), () -> tell(new PartitionMessage.Leased(ticket)));
    }
  }

  private void depart() {
    if (flaw == Flaw.REOPENS_AFTER_A_FENCE) {
      reopened = true;
      logic = logic();
      tell(new PartitionMessage.Start());
    } else {
      tell(new PartitionMessage.Closed());
    }
  }

  private void finish() {
    crash();
    finished.accept(this);
  }

  /// A child may have crashed, and its partition not know yet.
  private void decide(long child, Order order) {
    var awake = children.get(child);
    if (awake != null) {
      awake.tell(order);
    }
  }

  private void stop(long child) {
    var awake = children.remove(child);
    if (awake != null) {
      awake.stop();
    }
  }

  private void stopAll() {
    children.values().forEach(SimulatedChild::stop);
    children.clear();
  }

  private void keep(PartitionEffect.Keep keep) {
    long ofEpoch = keep.epoch();
    if (flaw == Flaw.NOTES_NOBODY && keep.facts().containsKey("owner")) {
      tell(new PartitionMessage.Kept(ofEpoch, keep.keeping()));
      return;
    }
    store
        .append(List.of(new EventStore.Group(id, ofEpoch, List.of(), keep.facts())))
        .whenComplete((outcomes, failure) ->
            tell(
                outcomes != null
                    ? PartitionMessage.kept(ofEpoch, keep.keeping(), outcomes.getFirst())
                    : new PartitionMessage.KeepFailed(
                        ofEpoch, keep.keeping(), String.valueOf(failure))));
  }
}
