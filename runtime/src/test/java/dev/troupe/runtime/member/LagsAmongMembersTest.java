package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchSubscription;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.overview.Overview;
import dev.troupe.runtime.overview.PromiseReport;
import dev.troupe.runtime.overview.StreamReport;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who is behind whom among three members, as any of them tells.
@Timeout(60)
class LagsAmongMembersTest {

  private static final RefusingStore STORE =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));

  private static Trio trio;

  @BeforeAll
  static void start() throws InterruptedException {
    trio = Trio.start(STORE, 0, 0, 0);
  }

  @AfterAll
  static void stop() {
    trio.close();
  }

  /// A watch of everything waits for the partition that has a write in flight.
  @Test
  void changesThatWaitForAPromiseAreShownWithWhomTheyWaitFor() throws Exception {
    var watching = trio.get(0);
    var slow = trio.namespaceAt(trio.get(1));
    var fast = trio.namespaceAt(trio.get(2));
    var watcher = new WatchRecorder();
    watching
        .resources()
        .watch(Writes.COLLECTION, null, create(trio.get(2), fast, "before"))
        .subscribe(watcher);
    create(trio.get(2), fast, "seen");
    assertThat(watcher.change("seen")).isEqualTo("a");

    STORE.hold(Trio.partition(slow));
    var waits = trio.get(1).resources().write(writes(trio.get(1), slow).create("waits", "a"));
    long waiting = STORE.awaitHeldEvent(Trio.partition(slow));
    var held = createBehind(waiting, fast);
    for (var member : trio.all()) {
      // The others may be behind as well until they have heard of what is held, and what has just
      // come is no millisecond old.
      await(() ->
          promise(member).held() == 1
              && promise(member).slowest().equals(Trio.partition(slow))
              && promise(member).oldest().isPositive());
    }
    assertThat(samples(watching, "troupe_promise_held_changes"))
        .containsExactly(new Figure.Sample(Map.of("collection", "configmaps"), 1));

    STORE.release(Trio.partition(slow));
    waits.toCompletableFuture().join();
    assertThat(watcher.change(held)).isEqualTo("a");
    for (var member : trio.all()) {
      await(() -> promise(member).held() == 0);
      assertThat(promise(member).age()).isNotNull();
    }
  }

  /// Creates objects at the last member until one is behind a version. Partitions may have promised
  /// a little more than it is, so that the first may come before it: nobody waits for those.
  ///
  /// @return the name of the one that is behind it
  private static String createBehind(long version, String namespace) {
    for (int i = 0; ; i++) {
      if (create(trio.get(2), namespace, "held-" + i) > version) {
        return "held-" + i;
      }
    }
  }

  /// What has come is acknowledged, wherever the partition is.
  @Test
  void streamsToAMemberAreShownUntilItHasAcknowledgedThem() throws Exception {
    var watching = trio.get(0);
    var watcher = new WatchRecorder();
    watching.resources().watch(Writes.COLLECTION, null, 1).subscribe(watcher);
    for (var owner : trio.all()) {
      for (var namespace : trio.namespacesAt(owner)) {
        create(owner, namespace, "streamed-" + namespace);
      }
    }

    var to = address(watching);
    for (var teller : trio.all()) {
      for (var owner : trio.all()) {
        await(() ->
            overview(teller).streams().stream()
                .filter(stream -> stream.from().equals(address(owner)) && stream.to().equals(to))
                .anyMatch(LagsAmongMembersTest::isDone));
      }
    }
    assertThat(samples(trio.get(1), "troupe_stream_unacknowledged_changes"))
        .extracting(Figure.Sample::labels)
        .contains(Map.of("peer", to));
  }

  private static boolean isDone(StreamReport stream) {
    return stream.streams() >= Trio.PARTITIONS / 3
        && stream.changes() == 0
        && stream.oldest().equals(Duration.ZERO);
  }

  @Test
  void watchKnowsWhatItsSubscriberHasNotTaken() throws Exception {
    var watching = trio.get(0);
    var namespace = trio.namespaceAt(trio.get(1));
    var subscribed = new CompletableFuture<Flow.Subscription>();
    long from = create(watching, namespace, "taken");
    watching.resources().watch(Writes.COLLECTION, namespace, from).subscribe(new Lazy(subscribed));
    var subscription = (WatchSubscription) subscribed.join();
    await(() -> {
      // Where the relay begins is up to it; it is not behind what was before.
      create(watching, namespace, "more-" + System.nanoTime());
      return subscription.behind(from).changes() >= 3;
    });

    assertThat(subscription.behind(from).oldest()).isGreaterThan(from);
    assertThat(subscription.behind(Long.MAX_VALUE).changes()).isZero();
    subscription.cancel();
  }

  /// Takes nothing.
  private record Lazy(CompletableFuture<Flow.Subscription> subscribed)
      implements Flow.Subscriber<WatchItem> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscribed.complete(subscription);
    }

    @Override
    public void onNext(WatchItem item) {
      throw new AssertionError(item + " was not asked for");
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  private static void await(BooleanSupplier fact) throws InterruptedException {
    while (!fact.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static String address(Member member) {
    return overview(member).seenBy();
  }

  private static Overview overview(Member member) {
    return member
        .wholeOverview(CompletableFuture.completedStage(List.of()))
        .toCompletableFuture()
        .join();
  }

  private static PromiseReport promise(Member member) {
    return overview(member).promises().getFirst();
  }

  private static List<Figure.Sample> samples(Member member, String name) {
    return member.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .map(Figure.Level.class::cast)
        .findFirst()
        .orElseThrow()
        .samples();
  }

  private static Writes writes(Member member, String namespace) {
    return Writes.at(member.time().instant()).in(namespace).withUidsEnding(namespace);
  }

  private static long create(Member member, String namespace, String name) {
    var reply = member.resources().write(writes(member, namespace).create(name, "a"));
    return ((WriteReply.Written) reply.toCompletableFuture().join()).version();
  }
}
