package dev.troupe.runtime.relay;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.IndexEntryReader;
import dev.troupe.runtime.collection.PartitionDirectory;
import dev.troupe.runtime.collection.Resources.UnavailableException;
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
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Feeds the watches of a member with the changes of some partitions of a collection: the actor
/// that carries [RelayLogic].
final class Relay implements RelayEffects {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final AtomicLong FOLLOWERS = new AtomicLong();

  private final ActorContext<RelayCommand> context;
  private final TypeRef collection;
  private final EventStore store;
  private final PartitionDirectory directory;
  private final RelayLogic logic;
  private final long follower = FOLLOWERS.incrementAndGet();
  private final Map<PartitionId, PartitionDirectory.Local> partitions = new HashMap<>();
  private final Map<Long, Flow.Subscriber<? super WatchItem>> subscribers = new HashMap<>();

  /// @param partitions all of `collection`
  static Behavior<RelayCommand> create(
      TypeRef collection,
      List<PartitionId> partitions,
      IndexEntryReader reader,
      EventStore store,
      PartitionDirectory directory) {
    return Behaviors.supervise(
            Behaviors.<RelayCommand>setup(context ->
                Behaviors.withTimers(timers -> {
                  timers.startTimerWithFixedDelay(new RelayCommand.Tick(), TICK);
                  return new Relay(collection, partitions, reader, store, directory, context)
                      .begin(partitions);
                })))
        .onFailure(RuntimeException.class, SupervisorStrategy.restart());
  }

  private Relay(
      TypeRef collection,
      List<PartitionId> partitions,
      IndexEntryReader reader,
      EventStore store,
      PartitionDirectory directory,
      ActorContext<RelayCommand> context) {
    this.context = context;
    this.collection = collection;
    this.store = store;
    this.directory = directory;
    this.logic = new RelayLogic(partitions, reader, this);
  }

  private Behavior<RelayCommand> begin(List<PartitionId> all) {
    all.forEach(this::await);
    return Behaviors.receive((_, command) -> onCommand(command), (_, signal) -> onSignal(signal));
  }

  private void await(PartitionId partition) {
    var self = context.getSelf();
    directory.find(partition).thenAccept(local -> self.tell(new RelayCommand.Arrived(local)));
  }

  private Behavior<RelayCommand> onCommand(RelayCommand command) {
    switch (command) {
      case RelayCommand.Watch(var watcher, var after, var subscriber) -> {
        subscribers.put(watcher, subscriber);
        logic.watch(watcher, after);
      }
      case RelayCommand.Request(var watcher, var more) -> logic.request(watcher, more);
      case RelayCommand.Cancel(var watcher) -> {
        subscribers.remove(watcher);
        logic.cancel(watcher);
      }
      case RelayCommand.Arrived(var local) -> follow(local);
      case RelayCommand.Lost(var partition) -> {
        partitions.remove(partition);
        await(partition);
      }
      case RelayCommand.Streamed(var item) -> logic.stream(item);
      case RelayCommand.Read(var request, var tail) -> logic.read(request, tail);
      case RelayCommand.ReadFailed(var request, var why) -> logic.readFailed(request, why);
      case RelayCommand.Tick() -> {
        followThoseWhoBeganAnew();
        logic.tick();
      }
    }
    return Behaviors.same();
  }

  private void follow(PartitionDirectory.Local local) {
    partitions.put(local.id(), local);
    context.watchWith(local.ref(), new RelayCommand.Lost(local.id()));
    logic.followed(local.id());
    var self = context.getSelf();
    local
        .ref()
        .tell(
            new PartitionMessage.Follow(
                follower, RelayLogic.CREDIT, item -> self.tell(new RelayCommand.Streamed(item))));
  }

  /// A partition that failed and began anew has the same reference, and knows no followers.
  private void followThoseWhoBeganAnew() {
    for (var known : List.copyOf(partitions.values())) {
      var present = directory.find(known.id()).toCompletableFuture();
      if (present.isDone() && !present.join().equals(known)) {
        follow(present.join());
      }
    }
  }

  private Behavior<RelayCommand> onSignal(Signal signal) {
    if (signal instanceof PostStop || signal instanceof PreRestart) {
      partitions
          .values()
          .forEach(local -> local.ref().tell(new PartitionMessage.Unfollow(follower)));
      List.copyOf(subscribers.keySet())
          .forEach(watcher -> end(watcher, new UnavailableException("the watch was interrupted")));
    }
    return Behaviors.same();
  }

  @Override
  public void credit(PartitionId partition, int more) {
    tell(partition, new PartitionMessage.Credit(follower, more));
  }

  @Override
  public void promise(PartitionId partition, long version) {
    tell(partition, new PartitionMessage.Ask(version, _ -> {}));
  }

  private void tell(PartitionId partition, PartitionMessage command) {
    var local = partitions.get(partition);
    if (local != null) {
      local.ref().tell(command);
    }
  }

  @Override
  public void read(long request, long after, int limit) {
    context.pipeToSelf(
        store.tail(collection, after, limit),
        (tail, failure) ->
            tail != null
                ? new RelayCommand.Read(request, tail)
                : new RelayCommand.ReadFailed(request, String.valueOf(failure)));
  }

  @Override
  public void deliver(long watcher, WatchItem item) {
    var subscriber = subscribers.get(watcher);
    if (subscriber == null) {
      return;
    }
    try {
      subscriber.onNext(item);
    } catch (RuntimeException mistake) {
      report(mistake);
      subscribers.remove(watcher);
      context.getSelf().tell(new RelayCommand.Cancel(watcher));
    }
  }

  private void report(RuntimeException mistake) {
    context.getLog().error("a watcher of {} failed, its watch ends", collection, mistake);
  }

  @Override
  public void end(long watcher, RuntimeException why) {
    var subscriber = subscribers.remove(watcher);
    if (subscriber != null) {
      try {
        subscriber.onError(why);
      } catch (RuntimeException mistake) {
        report(mistake);
      }
    }
  }
}
