package dev.troupe.runtime.relay;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.Whereabouts;
import dev.troupe.runtime.relay.logic.MergeBoard;
import dev.troupe.runtime.relay.logic.RelayEffect;
import dev.troupe.runtime.relay.logic.RelayLogic;
import dev.troupe.runtime.relay.logic.RelayMessage;
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
final class Relay {

  private static final Duration TICK = Duration.ofSeconds(1);

  private static final AtomicLong FOLLOWERS = new AtomicLong();

  private final ActorContext<RelayMessage> context;
  private final TypeRef collection;
  private final LogReader log;
  private final PartitionDirectory directory;
  private final RelayLogic logic;
  private final long follower = FOLLOWERS.incrementAndGet();
  private final Map<PartitionId, Whereabouts> partitions = new HashMap<>();
  private final Map<Long, Flow.Subscriber<? super WatchItem>> subscribers;

  /// @param ringBytes how many bytes of recent changes it keeps
  /// @param board where it shows how far it is
  /// @param subscribers who the watchers are; those whose watch has ended are taken out
  static Behavior<RelayMessage> create(
      TypeRef collection,
      List<PartitionId> partitions,
      long ringBytes,
      MergeBoard board,
      IndexEntryReader reader,
      EventStore store,
      PartitionDirectory directory,
      Map<Long, Flow.Subscriber<? super WatchItem>> subscribers) {
    return Behaviors.supervise(
            Behaviors.<RelayMessage>setup(context ->
                Behaviors.withTimers(timers -> {
                  timers.startTimerWithFixedDelay(new RelayMessage.Tick(), TICK);
                  return new Relay(
                          collection,
                          new RelayLogic(partitions, ringBytes, board),
                          reader,
                          store,
                          directory,
                          subscribers,
                          context)
                      .begin();
                })))
        .onFailure(RuntimeException.class, SupervisorStrategy.restart());
  }

  private Relay(
      TypeRef collection,
      RelayLogic logic,
      IndexEntryReader reader,
      EventStore store,
      PartitionDirectory directory,
      Map<Long, Flow.Subscriber<? super WatchItem>> subscribers,
      ActorContext<RelayMessage> context) {
    this.context = context;
    this.collection = collection;
    this.log = new LogReader(collection, store, reader);
    this.directory = directory;
    this.subscribers = subscribers;
    this.logic = logic;
  }

  private Behavior<RelayMessage> begin() {
    on(new RelayMessage.Start());
    return Behaviors.receive(
        (_, message) -> {
          on(message);
          return Behaviors.same();
        },
        (_, signal) -> onSignal(signal));
  }

  private void on(RelayMessage message) {
    var effects = logic.on(message);
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      carryOut(effect);
    }
  }

  private Behavior<RelayMessage> onSignal(Signal signal) {
    if (signal instanceof PostStop || signal instanceof PreRestart) {
      on(new RelayMessage.Abandon());
    }
    return Behaviors.same();
  }

  private void carryOut(RelayEffect effect) {
    switch (effect) {
      case RelayEffect.Deliver(var watcher, var item) -> deliver(watcher, item);
      case RelayEffect.End(var watcher, var why) -> end(watcher, why);
      case RelayEffect.Credit(var partition, var attempt, var total, var known) ->
          tell(partition, new PartitionMessage.Credit(follower, attempt, total, known));
      case RelayEffect.Promise(var partition, var version) ->
          tell(partition, new PartitionMessage.Ask(version, _ -> {}));
      case RelayEffect.Read(var request, var after, var most) ->
          log.read(request, after, most, context.getSelf()::tell);
      case RelayEffect.Find(var partition) -> find(partition);
      case RelayEffect.Look(var partition) -> look(partition);
      case RelayEffect.Follow follow -> follow(follow);
      case RelayEffect.Unfollow(var partition) ->
          tell(partition, new PartitionMessage.Unfollow(follower));
    }
  }

  private void find(PartitionId partition) {
    partitions.remove(partition);
    var self = context.getSelf();
    directory.find(partition).thenAccept(_ -> self.tell(new RelayMessage.Arrived(partition)));
  }

  /// A partition that failed and began anew has the same reference.
  private void look(PartitionId partition) {
    var present = directory.find(partition).toCompletableFuture();
    if (present.isDone() && !present.join().equals(partitions.get(partition))) {
      context.getSelf().tell(new RelayMessage.Arrived(partition));
    }
  }

  private void follow(RelayEffect.Follow follow) {
    var partition = follow.partition();
    var present = directory.find(partition).toCompletableFuture();
    var self = context.getSelf();
    if (!present.isDone()) {
      self.tell(new RelayMessage.Lost(partition));
      return;
    }
    var found = present.join();
    partitions.put(partition, found);
    if (found instanceof Here here) {
      context.watchWith(here.ref(), new RelayMessage.Lost(partition));
    }
    found.tell(
        new PartitionMessage.Follow(
            follower,
            follow.attempt(),
            follow.credit(),
            streamed -> self.tell(new RelayMessage.Streamed(streamed))));
  }

  private void tell(PartitionId partition, PartitionMessage.Request request) {
    var found = partitions.get(partition);
    if (found != null) {
      found.tell(request);
    }
  }

  private void deliver(long watcher, WatchItem item) {
    var subscriber = subscribers.get(watcher);
    if (subscriber == null) {
      return;
    }
    try {
      subscriber.onNext(item);
    } catch (RuntimeException mistake) {
      report(mistake);
      subscribers.remove(watcher);
      context.getSelf().tell(new RelayMessage.Cancel(watcher));
    }
  }

  private void report(RuntimeException mistake) {
    context.getLog().error("a watcher of {} failed, its watch ends", collection, mistake);
  }

  private void end(long watcher, RuntimeException why) {
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
