package dev.troupe.runtime.relay;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.IndexEntryReader;
import dev.troupe.runtime.collection.PartitionDirectory;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/// The relays of a member, each started at its first watch.
public final class Relays {

  private record Key(TypeRef collection, List<PartitionId> partitions) {}

  /// Starts an actor.
  @FunctionalInterface
  public interface Spawner {
    <T> ActorRef<T> spawn(Behavior<T> behavior, String name);
  }

  private final Spawner spawner;
  private final Function<TypeRef, IndexEntryReader> readers;
  private final EventStore store;
  private final PartitionDirectory directory;
  private final ConcurrentHashMap<Key, ActorRef<RelayCommand>> relays = new ConcurrentHashMap<>();
  private final AtomicLong watchers = new AtomicLong();

  public Relays(
      Spawner spawner,
      Function<TypeRef, IndexEntryReader> readers,
      EventStore store,
      PartitionDirectory directory) {
    this.spawner = spawner;
    this.readers = readers;
    this.store = store;
    this.directory = directory;
  }

  /// Everything that happens in some partitions of a collection, after a version. Each subscription
  /// is a watch of its own.
  public Flow.Publisher<WatchItem> watch(
      TypeRef collection, List<PartitionId> partitions, long after) {
    return subscriber ->
        subscribe(subscriber, relay(new Key(collection, List.copyOf(partitions))), after);
  }

  private ActorRef<RelayCommand> relay(Key key) {
    return relays.computeIfAbsent(key, this::start);
  }

  private ActorRef<RelayCommand> start(Key key) {
    var behavior =
        Relay.create(
            key.collection(), key.partitions(), readers.apply(key.collection()), store, directory);
    var name = "relay-" + key.collection() + "-" + key.partitions().hashCode();
    return spawner.spawn(behavior, name);
  }

  private void subscribe(
      Flow.Subscriber<? super WatchItem> subscriber, ActorRef<RelayCommand> relay, long after) {
    long watcher = watchers.incrementAndGet();
    relay.tell(new RelayCommand.Watch(watcher, after, subscriber));
    subscriber.onSubscribe(new Watch(watcher, relay));
  }

  private static final class Watch implements Flow.Subscription {

    private final long watcher;
    private final ActorRef<RelayCommand> relay;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private Watch(long watcher, ActorRef<RelayCommand> relay) {
      this.watcher = watcher;
      this.relay = relay;
    }

    @Override
    public void request(long n) {
      if (n > 0 && !cancelled.get()) {
        relay.tell(new RelayCommand.Request(watcher, n));
      }
    }

    @Override
    public void cancel() {
      if (cancelled.compareAndSet(false, true)) {
        relay.tell(new RelayCommand.Cancel(watcher));
      }
    }
  }
}
