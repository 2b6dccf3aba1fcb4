package dev.troupe.runtime.relay;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchSubscription;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.measure.Trail;
import dev.troupe.runtime.relay.logic.MergeBoard;
import dev.troupe.runtime.relay.logic.RelayMessage;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/// The relays of a member, each started at its first watch.
public final class Relays {

  /// Of each of the twenty or so collections that are watched.
  private static final long RING_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 64, 1L << 20, 32L << 20);

  private record Key(TypeRef collection, List<PartitionId> partitions) {}

  /// @param subscribers who the watchers of a relay are
  /// @param board where it shows how far it is
  private record Running(
      ActorRef<RelayMessage> relay,
      Map<Long, Flow.Subscriber<? super WatchItem>> subscribers,
      MergeBoard board) {}

  /// Starts and stops actors.
  public interface Spawner {
    <T> ActorRef<T> spawn(Behavior<T> behavior, String name);

    void stop(ActorRef<?> actor);
  }

  private final Spawner spawner;
  private final Function<TypeRef, IndexEntryReader> readers;
  private final Placement placement;
  private final EventStore store;
  private final PartitionDirectory directory;
  private final ConcurrentHashMap<Key, Running> relays = new ConcurrentHashMap<>();
  private final AtomicLong watchers = new AtomicLong();

  /// How many relays have ended: one that comes after may not have the name of one that is ending.
  private final AtomicLong ended = new AtomicLong();

  public Relays(
      Spawner spawner,
      Function<TypeRef, IndexEntryReader> readers,
      Placement placement,
      EventStore store,
      PartitionDirectory directory) {
    this.spawner = spawner;
    this.readers = readers;
    this.placement = placement;
    this.store = store;
    this.directory = directory;
  }

  /// Everything that happens in some partitions of a collection, after a version. Each subscription
  /// is a watch of its own.
  public Flow.Publisher<WatchItem> watch(
      TypeRef collection, List<PartitionId> partitions, long after) {
    return subscriber -> subscribe(subscriber, new Key(collection, List.copyOf(partitions)), after);
  }

  /// Ends all watches of a collection that is no more.
  public void end(TypeRef collection) {
    for (var key : relays.keySet()) {
      var running = key.collection().equals(collection) ? relays.remove(key) : null;
      if (running != null) {
        ended.incrementAndGet();
        spawner.stop(running.relay());
      }
    }
  }

  private Running relay(Key key) {
    return relays.computeIfAbsent(key, this::start);
  }

  private Running start(Key key) {
    var subscribers = new ConcurrentHashMap<Long, Flow.Subscriber<? super WatchItem>>();
    var board = new MergeBoard();
    var behavior =
        Relay.create(
            key.collection(),
            key.partitions(),
            ringBytes(key),
            board,
            readers.apply(key.collection()),
            store,
            directory,
            subscribers);
    var numbers =
        key.partitions().stream()
            .map(partition -> Integer.toString(partition.number()))
            .collect(Collectors.joining("-", "-", ""));
    long before = ended.get();
    var name = "relay-" + key.collection() + numbers + (before == 0 ? "" : "." + before);
    return new Running(spawner.spawn(behavior, name), subscribers, board);
  }

  /// How far the merges are of those collections in several partitions that somebody here watches
  /// as a whole.
  public Map<TypeRef, MergeBoard.Merging> merging() {
    var merging = new HashMap<TypeRef, MergeBoard.Merging>();
    relays.forEach((key, running) ->
        running.board().merging().ifPresent(shown -> merging.put(key.collection(), shown)));
    return merging;
  }

  /// Whoever merges few of the partitions keeps that much less.
  private long ringBytes(Key key) {
    return RING_BYTES * key.partitions().size() / placement.partitions(key.collection()).size();
  }

  private void subscribe(Flow.Subscriber<? super WatchItem> subscriber, Key key, long after) {
    long watcher = watchers.incrementAndGet();
    var running = relay(key);
    running.subscribers().put(watcher, subscriber);
    running.relay().tell(new RelayMessage.Watch(watcher, after));
    subscriber.onSubscribe(new Watch(watcher, running));
    // One that has ended meanwhile has not heard of the watch.
    if (!running.equals(relays.get(key)) && running.subscribers().remove(watcher) != null) {
      subscriber.onComplete();
    }
  }

  private static final class Watch implements WatchSubscription {

    private final long watcher;
    private final Running running;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private Watch(long watcher, Running running) {
      this.watcher = watcher;
      this.running = running;
    }

    @Override
    public void request(long n) {
      if (n > 0 && !cancelled.get()) {
        running.relay().tell(new RelayMessage.Request(watcher, n));
      }
    }

    @Override
    public Trail.Behind behind(long position) {
      return running.board().merged().behind(position);
    }

    @Override
    public void cancel() {
      if (cancelled.compareAndSet(false, true)) {
        running.subscribers().remove(watcher);
        running.relay().tell(new RelayMessage.Cancel(watcher));
      }
    }
  }
}
