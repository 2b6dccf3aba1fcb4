package dev.troupe.runtime.collection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.IndexEntryReader;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.logic.PartitionEffects;
import dev.troupe.runtime.collection.logic.PartitionLogic;
import dev.troupe.runtime.resource.ResourceActor;
import dev.troupe.runtime.resource.ResourceOwner;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.EpochLogic;
import dev.troupe.runtime.resource.logic.Flight;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.LatestRecords.Latest;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/// Holds a slice of a collection: the actor that carries [PartitionLogic], and the parent of the
/// actors of its resources.
public final class CollectionPartition implements PartitionEffects, ResourceOwner {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SHORTEST_RESTART = Duration.ofMillis(200);
  private static final Duration LONGEST_RESTART = Duration.ofSeconds(5);
  private static final double RESTART_JITTER = 0.2;

  private final ActorContext<PartitionCommand> context;
  private final TimerScheduler<PartitionCommand> timers;
  private final PartitionId id;
  private final PartitionRoom room;
  private final IndexEntryReader reader;
  private final PartitionDirectory.Local local;
  private final PartitionLogic logic;
  private final Map<Long, ActorRef<Order>> children = new HashMap<>();

  private @Nullable EpochLogic epochLogic;
  private boolean closing;

  /// A mistake in a partition restarts it, and no other.
  public static Behavior<PartitionCommand> create(PartitionId id, PartitionRoom room) {
    return Behaviors.supervise(
            Behaviors.<PartitionCommand>setup(context ->
                Behaviors.withTimers(
                    timers -> new CollectionPartition(id, room, context, timers).begin())))
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(
                SHORTEST_RESTART, LONGEST_RESTART, RESTART_JITTER));
  }

  private CollectionPartition(
      PartitionId id,
      PartitionRoom room,
      ActorContext<PartitionCommand> context,
      TimerScheduler<PartitionCommand> timers) {
    this.context = context;
    this.timers = timers;
    this.id = id;
    this.room = room;
    this.reader = IndexEntryReader.of(room.type());
    var roots = new Roots();
    this.local = new PartitionDirectory.Local(id, context.getSelf(), roots);
    this.logic = new PartitionLogic(id, room.settings(), roots, this, room.time(), room.random());
  }

  private Behavior<PartitionCommand> begin() {
    room.directory().arrived(local);
    timers.startTimerWithFixedDelay(new PartitionNews.Tick(), TICK);
    logic.start();
    return Behaviors.receive((_, command) -> onCommand(command), (_, signal) -> onSignal(signal));
  }

  private Behavior<PartitionCommand> onCommand(PartitionCommand command) {
    switch (command) {
      case PartitionCommand.Wake() -> {}
      case PartitionCommand.Write(var request, var replyTo) -> logic.write(request, replyTo);
      case PartitionCommand.Ask(var version, var replyTo) -> logic.promise(version, replyTo);
      case PartitionCommand.CloseNamespace(var uid, var keep, var replyTo) ->
          logic.closeNamespace(uid, keep, replyTo);
      case PartitionCommand.Follow(var follower, var credit, var replyTo) ->
          logic.follow(follower, credit, replyTo);
      case PartitionCommand.Credit(var follower, var more) -> logic.credit(follower, more);
      case PartitionCommand.Unfollow(var follower) -> logic.unfollow(follower);
      case PartitionCommand.Leave() -> logic.leave();
      case PartitionNews news -> {
        return onNews(news);
      }
    }
    return Behaviors.same();
  }

  private Behavior<PartitionCommand> onNews(PartitionNews news) {
    switch (news) {
      case PartitionNews.Opened(var result) -> logic.opened(result);
      case PartitionNews.OpenFailed(var why) -> logic.openFailed(why);
      case PartitionNews.Loaded(var epoch, var index, var found) ->
          logic.loaded(epoch, index, found);
      case PartitionNews.Decided(var epoch, var command, var reply, var decidedOn) ->
          logic.decided(epoch, command, reply, decidedOn);
      case PartitionNews.Persisted(var epoch, var event, var resource) ->
          logic.persisted(epoch, event, resource);
      case PartitionNews.NotStored(var epoch, long version, var why) ->
          logic.notStored(epoch, version, why);
      case PartitionNews.Failed(var epoch, var why) -> logic.failed(epoch, why);
      case PartitionNews.ChildTerminated(var child) -> {
        children.remove(child);
        logic.terminated(child);
      }
      case PartitionNews.Kept(var epoch, var keeping) -> logic.kept(epoch, keeping);
      case PartitionNews.KeepRefused(var epoch, var keeping) -> logic.keepRefused(epoch, keeping);
      case PartitionNews.KeepFailed(var epoch, var why) -> logic.keepFailed(epoch, why);
      case PartitionNews.Retry() -> logic.retry();
      case PartitionNews.Tick() -> logic.tick();
      case PartitionNews.Closed() -> {
        return Behaviors.stopped();
      }
    }
    return Behaviors.same();
  }

  private Behavior<PartitionCommand> onSignal(Signal signal) {
    if (signal instanceof PreRestart || signal instanceof PostStop) {
      room.directory().left(local);
      if (!closing) {
        closing = true;
        logic.abandon();
      }
    }
    return Behaviors.same();
  }

  @Override
  public void open() {
    context.pipeToSelf(
        room.store().open(id),
        (result, failure) ->
            result != null
                ? new PartitionNews.Opened(result)
                : new PartitionNews.OpenFailed(String.valueOf(failure)));
  }

  @Override
  public void load(long epoch, Set<ResourceKey> wanted) {
    var loader = new IndexLoader(reader, wanted);
    context.pipeToSelf(
        room.store()
            .scan(id, Long.MAX_VALUE, loader::add)
            .thenApplyAsync(
                _ -> new PartitionNews.Loaded(epoch, loader.index(), loader.found()),
                context.getExecutionContext()),
        (loaded, failure) ->
            loaded != null ? loaded : new PartitionNews.OpenFailed(String.valueOf(failure)));
  }

  @Override
  public void begin(long epoch, VersionClock<Flight> clock) {
    epochLogic = new EpochLogic(id, epoch, clock, room.logic(), room.time());
    room.epochs().add(id, epoch, this::latest);
  }

  @Override
  public void end(long epoch) {
    room.epochs().remove(id, epoch);
    children.values().forEach(context::stop);
    children.clear();
  }

  @Override
  public void wake(long child, ResourceKey key) {
    var epoch = epochLogic;
    if (epoch == null) {
      throw new IllegalStateException(id + " wakes " + key + " outside of an epoch");
    }
    var ref = context.spawnAnonymous(ResourceActor.create(key, epoch, this));
    context.watchWith(ref, new PartitionNews.ChildTerminated(child));
    children.put(child, ref);
  }

  @Override
  public void decide(long child, Order order) {
    var ref = children.get(child);
    if (ref != null) {
      ref.tell(order);
    }
  }

  @Override
  public void stop(long child) {
    var ref = children.remove(child);
    if (ref != null) {
      context.stop(ref);
    }
  }

  @Override
  public void keep(long epoch, long keeping, Map<String, byte[]> facts) {
    var group = new EventStore.Group(id, epoch, List.of(), facts);
    context.pipeToSelf(
        room.store().append(List.of(group)),
        (outcomes, failure) ->
            outcomes == null
                ? new PartitionNews.KeepFailed(epoch, String.valueOf(failure))
                : kept(epoch, keeping, outcomes.getFirst()));
  }

  private static PartitionNews kept(long epoch, long keeping, EventStore.Outcome outcome) {
    return switch (outcome) {
      case STORED -> new PartitionNews.Kept(epoch, keeping);
      case NO_ROOM, OVERLOADED -> new PartitionNews.KeepRefused(epoch, keeping);
      case FENCED, DUPLICATE -> new PartitionNews.KeepFailed(epoch, outcome.toString());
    };
  }

  @Override
  public void retryAfter(Duration delay) {
    timers.startSingleTimer(new PartitionNews.Retry(), delay);
  }

  @Override
  public void close(long epoch) {
    var closed = room.store().close(id, epoch);
    if (!closing) {
      closing = true;
      context.pipeToSelf(closed, (_, _) -> new PartitionNews.Closed());
    }
  }

  @Override
  public void report(String what) {
    context.getLog().warn("{} {}", id, what);
  }

  /// Called by the plugins: what a child that wakes in this epoch starts from.
  private Optional<Latest> latest(ResourceKey key) {
    var root = local.roots().newest();
    if (root == null) {
      throw new IllegalStateException(id + " does not serve");
    }
    return root.index().latest(key);
  }

  @Override
  public void decided(long epoch, long command, WriteReply reply, long decidedOn) {
    tell(new PartitionNews.Decided(epoch, command, reply, decidedOn));
  }

  @Override
  public void persisted(long epoch, EventRecord event, StoredResource resource) {
    tell(new PartitionNews.Persisted(epoch, event, resource));
  }

  @Override
  public void notStored(long epoch, long version, EventStore.Outcome why) {
    tell(new PartitionNews.NotStored(epoch, version, why));
  }

  @Override
  public void failed(long epoch, String why) {
    tell(new PartitionNews.Failed(epoch, why));
  }

  /// Called by children, on their threads.
  private void tell(PartitionNews news) {
    local.ref().tell(news);
  }
}
