package dev.troupe.runtime.store;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A store that can be told to take no events, or to take its time.
public final class RefusingStore implements EventStore {

  private final EventStore store;
  private volatile Outcome answer = Outcome.STORED;
  private volatile boolean silent;
  private volatile boolean endless;
  private final Map<String, byte[]> facts = new ConcurrentHashMap<>();
  private final Map<PartitionId, CompletableFuture<Void>> held = new ConcurrentHashMap<>();
  private final Map<PartitionId, CountDownLatch> waiting = new ConcurrentHashMap<>();
  private final Map<PartitionId, CompletableFuture<Long>> events = new ConcurrentHashMap<>();

  private final Map<PartitionId, Semaphore> refusals = new ConcurrentHashMap<>();

  private final CompletableFuture<PartitionId> closing = new CompletableFuture<>();
  private volatile CompletableFuture<Void> closings = CompletableFuture.completedFuture(null);

  public RefusingStore(EventStore store) {
    this.store = store;
  }

  /// What events are answered with from now on; `STORED` if they are stored again.
  public void answer(Outcome next) {
    answer = next;
  }

  /// Whether it says nothing of events from now on, and stores none.
  public void silent(boolean isSilent) {
    silent = isSilent;
  }

  /// Fails whenever somebody closes a partition, or notes that he serves it no more, from now on.
  public void failEnds() {
    endless = true;
  }

  private static boolean isEnd(Group group) {
    return Arrays.equals(group.facts().get("owner"), new byte[] {'-'});
  }

  /// Lets everything that is appended to a partition from now on wait.
  public void hold(PartitionId partition) {
    held.put(partition, new CompletableFuture<>());
  }

  /// Returns when something waits.
  public void awaitHeld(PartitionId partition) throws InterruptedException {
    var waits = waiting.computeIfAbsent(partition, _ -> new CountDownLatch(1));
    if (!waits.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nothing is appended to " + partition);
    }
  }

  /// Returns when an event waits; what is appended without one may wait before it.
  ///
  /// @return the version of the event
  public long awaitHeldEvent(PartitionId partition) {
    return event(partition).orTimeout(10, TimeUnit.SECONDS).join();
  }

  private CompletableFuture<Long> event(PartitionId partition) {
    return events.computeIfAbsent(partition, _ -> new CompletableFuture<>());
  }

  /// Returns when so many groups of a partition have been refused that nobody has waited for yet.
  public void awaitRefused(PartitionId partition, int groups) throws InterruptedException {
    if (!refusals(partition).tryAcquire(groups, 20, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "of " + partition + " only " + refusals(partition).availablePermits() + " were refused");
    }
  }

  private Semaphore refusals(PartitionId partition) {
    return refusals.computeIfAbsent(partition, _ -> new Semaphore(0));
  }

  /// Goes on with what waits.
  public void release(PartitionId partition) {
    var hold = held.remove(partition);
    if (hold != null) {
      hold.complete(null);
    }
  }

  /// Lets everybody who closes a partition wait. To be called once.
  ///
  /// @return the first that waits
  public CompletableFuture<PartitionId> holdClosings() {
    closings = new CompletableFuture<>();
    return closing;
  }

  /// Goes on with them.
  public void releaseClosings() {
    closings.complete(null);
  }

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    for (var group : groups) {
      var hold = held.get(group.partition());
      if (hold != null) {
        waiting.computeIfAbsent(group.partition(), _ -> new CountDownLatch(1)).countDown();
        group.events().stream()
            .findFirst()
            .ifPresent(first -> event(group.partition()).complete(first.version()));
        return hold.thenCompose(_ -> append(groups));
      }
    }
    if (silent) {
      return new CompletableFuture<>();
    }
    if (endless && groups.stream().anyMatch(RefusingStore::isEnd)) {
      return CompletableFuture.failedFuture(new StoreException("it is away"));
    }
    var refusal = answer;
    boolean stored = groups.stream().allMatch(group -> group.events().isEmpty());
    if (refusal == Outcome.STORED || stored) {
      return store.append(groups).whenComplete((_, failure) -> noteFacts(groups, failure));
    }
    groups.forEach(group -> refusals(group.partition()).release());
    return CompletableFuture.completedFuture(groups.stream().map(_ -> refusal).toList());
  }

  private void noteFacts(List<Group> groups, @Nullable Throwable failure) {
    if (failure == null) {
      groups.forEach(group ->
          group.facts().forEach((name, value) -> facts.put(group.partition() + "#" + name, value)));
    }
  }

  /// What a fact of a partition was set to last; empty if it never was.
  public byte[] fact(PartitionId partition, String name) {
    return facts.getOrDefault(partition + "#" + name, new byte[0]);
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    return store.open(partition);
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    if (endless) {
      return CompletableFuture.failedFuture(new StoreException("it is away"));
    }
    if (!closings.isDone()) {
      closing.complete(partition);
    }
    return closings.thenCompose(_ -> store.close(partition, epoch, served));
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return store.scan(partition, atVersion, each);
  }

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return store.tail(collection, after, most);
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return store.history(key, most);
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return store.prune(retention);
  }

  @Override
  public CompletionStage<Integer> partitions(TypeRef collection, int wanted) {
    return store.partitions(collection, wanted);
  }

  @Override
  public void close() {
    store.close();
  }
}
