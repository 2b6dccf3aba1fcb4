package dev.troupe.runtime.collection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.logic.PartitionLogic;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.resource.ResourceActor;
import dev.troupe.runtime.resource.logic.Draft;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceMessage;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds a slice of a collection: the actor that carries [PartitionLogic], and the parent of the
/// actors of its resources.
public final class CollectionPartition {

  /// Bytes.
  private static final int LARGE = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(CollectionPartition.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SHORTEST_RESTART = Duration.ofMillis(200);
  private static final Duration LONGEST_RESTART = Duration.ofSeconds(1);
  private static final double RESTART_JITTER = 0.2;

  private final ActorContext<PartitionMessage> context;
  private final TimerScheduler<PartitionMessage> timers;
  private final PartitionId id;
  private final Supplier<Optional<PartitionRoom>> rooms;
  private final PartitionNews news;
  private final Here local;
  private final PartitionLog log;
  private final PartitionLogic logic;
  private final Map<Long, ActorRef<ResourceMessage>> children = new HashMap<>();

  /// As it was when the last epoch was loaded: its type may have been another before.
  private PartitionRoom room;

  private @Nullable EpochLogic epochLogic;

  /// Is run when there is the lease that is waited for.
  private @Nullable Runnable awaited;

  /// Since when no epoch has been open.
  private long idle;

  /// 0 while none is open.
  private volatile long epochNumber;

  /// A mistake in a partition restarts it, and no other. Each epoch goes by the room that there is
  /// when it is loaded.
  ///
  /// @param rooms the same, asked again; empty once there is no such collection any more
  public static Behavior<PartitionMessage> create(
      PartitionId id, PartitionRoom room, Supplier<Optional<PartitionRoom>> rooms) {
    return Behaviors.supervise(
            Behaviors.<PartitionMessage>setup(context ->
                Behaviors.withTimers(
                    timers -> new CollectionPartition(id, room, rooms, context, timers).begin())))
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(
                SHORTEST_RESTART, LONGEST_RESTART, RESTART_JITTER));
  }

  private CollectionPartition(
      PartitionId id,
      PartitionRoom room,
      Supplier<Optional<PartitionRoom>> rooms,
      ActorContext<PartitionMessage> context,
      TimerScheduler<PartitionMessage> timers) {
    this.context = context;
    this.timers = timers;
    this.id = id;
    this.log = new PartitionLog(id);
    this.room = room;
    this.rooms = rooms;
    this.news = new PartitionNews(room.handover(), context.getSelf());
    this.idle = room.measures().now();
    var roots = new Roots();
    var leases = room.leases();
    var owner = leases == null ? null : leases.member();
    this.logic =
        new PartitionLogic(
            id, owner, room.settings(), roots, room.time(), room.random(), room.definition());
    this.local = new Here(id, context.getSelf(), roots, () -> epochNumber, logic.deliveries());
  }

  private Behavior<PartitionMessage> begin() {
    room.directory().arrived(local);
    timers.startTimerWithFixedDelay(new PartitionMessage.Tick(), TICK);
    var _ = on(new PartitionMessage.Start());
    return Behaviors.receive((_, message) -> on(message), (_, signal) -> onSignal(signal));
  }

  private Behavior<PartitionMessage> on(PartitionMessage message) {
    Behavior<PartitionMessage> next = Behaviors.same();
    if (message instanceof PartitionMessage.Wake) {
      // Somebody does not know where it is.
      room.directory().began(local);
    }
    if (message instanceof PartitionMessage.Stored(_, var event, var resource)) {
      room.onlooker().accept(event, resource);
    }
    var effects = logic.on(message, room.time().millis());
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      next = carryOut(effect, next);
    }
    return next;
  }

  private Behavior<PartitionMessage> onSignal(Signal signal) {
    if (signal instanceof PreRestart || signal instanceof PostStop) {
      forgetLease();
      // Who is asked whether it has anything still says no once it is not in the directory.
      var _ = on(new PartitionMessage.Abandon());
      room.directory().left(local);
    }
    return Behaviors.same();
  }

  /// @return how the actor goes on
  private Behavior<PartitionMessage> carryOut(
      PartitionEffect effect, Behavior<PartitionMessage> next) {
    switch (effect) {
      case PartitionEffect.Answer(var replyTo, var reply) -> replyTo.tell(reply);
      case PartitionEffect.Decide(var child, var order) -> decide(child, order);
      case PartitionEffect.Stream(var replyTo, var streamed) -> replyTo.tell(streamed);
      case PartitionEffect.Concede(var replyTo, var epoch) -> replyTo.tell(epoch);
      case PartitionEffect.Tell(var replyTo, var promise) -> replyTo.tell(promise);
      case PartitionEffect.Confirm(var replyTo, var reply) -> replyTo.tell(reply);
      case PartitionEffect.Wake(var child, var key) -> wake(child, key);
      case PartitionEffect.Stop(var child) -> stop(child);
      case PartitionEffect.Forget(var child) -> children.remove(child);
      case PartitionEffect.Keep keep -> keep(keep);
      case PartitionEffect.AwaitLease(var ticket) ->
          await(ticket, (leases, ready) -> leases.awaitLease(ready));
      case PartitionEffect.AwaitGuard(var ticket, var owner) ->
          await(ticket, (leases, ready) -> leases.awaitGuard(owner, ready));
      case PartitionEffect.AskFormer(var former, var epoch) ->
          room.directory()
              .ask(former, id, epoch, () -> news.tell(new PartitionMessage.GivenUp(epoch)));
      case PartitionEffect.Open() -> open();
      case PartitionEffect.RetryAfter(var delay) ->
          timers.startSingleTimer(new PartitionMessage.Retry(), delay);
      case PartitionEffect.Load(var epoch, var wanted) -> load(epoch, wanted);
      case PartitionEffect.Begin(var epoch, var clock) -> begin(epoch, clock);
      case PartitionEffect.End _ -> end();
      case PartitionEffect.Close(var epoch, var served, var facts) ->
          room.store().close(id, epoch, served, facts).whenComplete((_, _) -> depart());
      case PartitionEffect.Forsake(var epoch, var served, var facts) ->
          room.store().close(id, epoch, served, facts);
      case PartitionEffect.Depart() -> depart();
      case PartitionEffect.Finish() -> {
        return Behaviors.stopped();
      }
      case PartitionEffect.Report(var epoch, var what) -> log.warn(context.getLog(), epoch, what);
      case PartitionEffect.Note(var epoch, var what, var times) ->
          log.info(context.getLog(), epoch, what, times);
    }
    return next;
  }

  /// At once if this member is alone: nobody else can read what it has. What follows is in the
  /// queue that is being emptied.
  private void await(long ticket, BiConsumer<LeaseQueue, Runnable> wait) {
    var leases = room.leases();
    if (leases == null) {
      var _ = logic.on(new PartitionMessage.Leased(ticket), room.time().millis());
    } else {
      forgetLease();
      var self = context.getSelf();
      Runnable ready = () -> self.tell(new PartitionMessage.Leased(ticket));
      awaited = ready;
      wait.accept(leases, ready);
    }
  }

  /// Of what was waited for only the last counts.
  private void forgetLease() {
    var leases = room.leases();
    var ready = awaited;
    if (leases != null && ready != null) {
      leases.forget(ready);
      awaited = null;
    }
  }

  /// Nobody is sent here any more, and what is on its way already comes before the end: who is in
  /// the queue is answered. On any thread.
  private void depart() {
    room.directory().left(local);
    local.ref().tell(new PartitionMessage.Closed());
  }

  private void open() {
    context.pipeToSelf(
        room.store().open(id),
        (result, failure) ->
            result != null
                ? new PartitionMessage.Opened(result)
                : new PartitionMessage.OpenFailed(String.valueOf(failure)));
  }

  private void load(long epoch, Set<ResourceKey> wanted) {
    room = rooms.get().orElse(room);
    var loader = new IndexLoader(IndexEntryReader.of(room.type()), wanted);
    context.pipeToSelf(
        room.store()
            .scan(id, Long.MAX_VALUE, loader::add)
            .thenApplyAsync(
                _ -> new PartitionMessage.Loaded(epoch, loader.index(), loader.found()),
                context.getExecutionContext()),
        (loaded, failure) ->
            loaded != null ? loaded : new PartitionMessage.OpenFailed(String.valueOf(failure)));
  }

  private void begin(long epoch, VersionClock<Draft> clock) {
    epochLogic = new EpochLogic(id, epoch, clock, room.deciding(id, epoch), this::undecided);
    epochNumber = epoch;
    room.measures().opened(idle);
    room.directory().began(local);
  }

  /// Called by children, on their threads.
  private void undecided(Order order, RuntimeException mistake) {
    LOG.error("{} could not be decided", order.key(), mistake);
  }

  private void end() {
    epochNumber = 0;
    idle = room.measures().now();
    children.values().forEach(context::stop);
    children.clear();
  }

  private void wake(long child, ResourceKey key) {
    var epoch = epochLogic;
    if (epoch == null) {
      throw new IllegalStateException(id + " wakes " + key + " outside of an epoch");
    }
    var behavior =
        ResourceActor.create(
            epoch, state(key), room.store(), room.handover(), room.traces(), news, room.time());
    room.handover()
        .tell(() -> {
          var ref = context.spawnAnonymous(behavior);
          context.watchWith(ref, new PartitionMessage.ChildTerminated(child));
          children.put(child, ref);
        });
  }

  /// What is large, or has rules of its own, is decided on the dispatcher: that takes time, which
  /// an event loop has not.
  private void decide(long child, Order order) {
    var ref = child(child, children.get(child));
    if (room.handover().isAlone() && !takesTime(order.key())) {
      room.handover().tell(() -> ref.tell(order));
    } else {
      ref.tell(order);
    }
  }

  private boolean takesTime(ResourceKey key) {
    if (room.type().kind().takesTime()) {
      return true;
    }
    var root = local.roots().newest();
    var former = root == null ? null : root.index().newest(key);
    return former != null && former.resource().size() > LARGE;
  }

  private void stop(long child) {
    var ref = child(child, children.remove(child));
    room.handover().tell(() -> context.stop(ref));
  }

  private ActorRef<ResourceMessage> child(long child, @Nullable ActorRef<ResourceMessage> known) {
    if (known == null) {
      throw new IllegalStateException(id + " has no child " + child);
    }
    return known;
  }

  private void keep(PartitionEffect.Keep keep) {
    long epoch = keep.epoch();
    var group = new EventStore.Group(id, epoch, List.of(), keep.facts());
    context.pipeToSelf(
        room.store().append(List.of(group)),
        (outcomes, failure) ->
            outcomes == null
                ? new PartitionMessage.KeepFailed(epoch, keep.keeping(), String.valueOf(failure))
                : PartitionMessage.kept(epoch, keep.keeping(), outcomes.getFirst()));
  }

  /// What a child that wakes in this epoch starts from.
  private ResourceState state(ResourceKey key) {
    var root = local.roots().newest();
    if (root == null) {
      throw new IllegalStateException(id + " does not serve");
    }
    return root.index().state(key);
  }
}
