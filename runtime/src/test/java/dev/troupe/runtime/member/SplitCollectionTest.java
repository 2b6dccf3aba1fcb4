package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.TestJournal;
import dev.troupe.runtime.store.TestSnapshots;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A collection of several partitions, as a member shows it.
class SplitCollectionTest {

  private static final int PARTITIONS = 3;
  private static final Placement PLACEMENT = new Placement(Map.of(Writes.COLLECTION, PARTITIONS));
  private static final RefusingStore STORE =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));

  /// Namespaces in different partitions.
  private static final List<String> NAMESPACES = List.of("a", "c", "default");

  private static Member member;

  @BeforeAll
  static void start() {
    var config =
        ConfigFactory.parseMap(
            Map.of(
                "troupe.journal.class", TestJournal.class.getName(),
                "troupe.snapshots.class", TestSnapshots.class.getName(),
                "troupe.runtime.partitions.configmaps", PARTITIONS));
    var registry = new ResourceRegistry(List.of(Writes.TYPE));
    member = Member.start(config, registry, new SimpleMutator(), STORE);
    member.ready().toCompletableFuture().join();
    assertThat(NAMESPACES.stream().map(SplitCollectionTest::partition).distinct()).hasSize(3);
  }

  @AfterAll
  static void stop() {
    member.close();
  }

  @Test
  void namespacedReadsAndWatchesDependOnTheirPartitionOnly() throws InterruptedException {
    write("a", "near", "1");
    write("c", "far", "1");
    var watcher = new WatchRecorder();
    long from = await(member.resources().snapshot(Writes.COLLECTION, "a")).version();
    member.resources().watch(Writes.COLLECTION, "a", from).subscribe(watcher);
    write("a", "near", "2");
    assertThat(watcher.change("near")).isEqualTo("2");

    STORE.hold(partition("c"));
    var late = member.resources().write(writes("c").update("far", "2")).toCompletableFuture();
    write("a", "near", "3");

    assertThat(watcher.change("near")).isEqualTo("3");
    assertThat(value(await(member.resources().get(writes("a").key("near"))).orElseThrow()))
        .isEqualTo("3");
    var listed = await(member.resources().snapshot(Writes.COLLECTION, "a"));
    assertThat(listed.get("a", "near").map(SplitCollectionTest::value)).contains("3");
    assertThat(late).isNotDone();
    STORE.release(partition("c"));
    assertThat(late.join()).isInstanceOf(WriteReply.Written.class);
  }

  /// The version comes from another partition, and this one has stored nothing since.
  @Test
  void resourceIsReadAtTheVersionOfAnother() {
    write("a", "still", "1");
    long version = write("c", "moving", "1");

    var found = await(member.resources().get(writes("a").key("still"), version));

    assertThat(found.map(SplitCollectionTest::value)).contains("1");
    assertThat(await(member.resources().get(writes("a").key("missing"), version))).isEmpty();
  }

  @Test
  void whatIsAcknowledgedIsListedAtOnceAndUnderOneVersion() {
    for (int i = 0; i < 50; i++) {
      var namespace = NAMESPACES.get(i % PARTITIONS);
      long version = write(namespace, "acknowledged", Integer.toString(i));

      var listed = everything();

      assertThat(listed.version()).isGreaterThanOrEqualTo(version);
      assertThat(listed.get(namespace, "acknowledged").map(SplitCollectionTest::value))
          .contains(Integer.toString(i));
      var again = member.resources().snapshotAt(Writes.COLLECTION, null, listed.version());
      assertThat(contents(await(again))).isEqualTo(contents(listed));
    }
  }

  /// Whoever writes one thing after the other finds the second behind the first, even within one
  /// millisecond.
  @Test
  void laterWriteHasTheHigherVersionWhicheverPartitionItGoesTo() {
    long last = 0;
    for (int i = 0; i < 1_000; i++) {
      long version = write(NAMESPACES.get(i % PARTITIONS), "later", Integer.toString(i));
      assertThat(version).isGreaterThan(last);
      last = version;
    }
  }

  /// While others write, each list is what the watch adds up to at its version.
  @Test
  void listAndWatchAgreeAtEveryVersion() throws InterruptedException {
    var first = everything();
    var watcher = new WatchRecorder();
    member.resources().watch(Writes.COLLECTION, null, first.version()).subscribe(watcher);
    var writers =
        IntStream.range(0, 2 * PARTITIONS).mapToObj(SplitCollectionTest::startWriter).toList();
    var lists = new ArrayList<Snapshot>();
    while (writers.stream().anyMatch(Thread::isAlive)) {
      lists.add(everything());
    }
    lists.add(everything());

    var changes = new Replay(watcher);
    var state = contents(first);
    long last = first.version();
    for (var list : lists) {
      for (var change = changes.upTo(list.version());
          change != null;
          change = changes.upTo(list.version())) {
        assertThat(change.version()).isGreaterThan(last);
        last = change.version();
        state.put(change.resource().key(), change.version());
      }
      assertThat(contents(list)).isEqualTo(state);
    }
  }

  /// Whoever writes one thing many times lets memory forget what was before.
  @Test
  void stateThatMemoryHasForgottenIsReadFromTheStore() {
    write("a", "remembered", "1");
    long between = write("c", "remembered", "1");
    write("c", "remembered", "2");
    for (int i = 0; i < 3_000; i++) {
      write("a", "hectic", Integer.toString(i));
    }

    var state = await(member.resources().snapshotAt(Writes.COLLECTION, null, between));

    assertThat(state.version()).isEqualTo(between);
    assertThat(state.get("c", "remembered").map(SplitCollectionTest::value)).contains("1");
    assertThat(state.get("a", "remembered").map(SplitCollectionTest::value)).contains("1");
    assertThat(state.get("a", "hectic")).isEmpty();
  }

  @Test
  void positionOfWhichTheLogHasNotEverythingHasExpired() throws InterruptedException {
    write("c", "pruned", "1");
    write("c", "pruned", "2");
    var everythingMayGo = new EventStore.Rule(Duration.ZERO, 1);
    await(STORE.prune(new EventStore.Retention(everythingMayGo, Map.of())));

    for (var namespace : new @Nullable String[] {null, "c"}) {
      var watcher = new WatchRecorder();
      member.resources().watch(Writes.COLLECTION, namespace, 1).subscribe(watcher);
      assertThat(watcher.failure()).isInstanceOf(ExpiredException.class);
      assertThat(member.resources().snapshotAt(Writes.COLLECTION, namespace, 1))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(ExpiredException.class);
    }
  }

  private static Thread startWriter(int number) {
    var namespace = NAMESPACES.get(number % PARTITIONS);
    return Thread.ofPlatform()
        .start(() -> {
          for (int i = 0; i < 200; i++) {
            write(namespace, "written-" + number + "-" + i % 3, Integer.toString(i));
          }
        });
  }

  private static PartitionId partition(String namespace) {
    return PLACEMENT.of(Writes.COLLECTION, namespace, "");
  }

  private static Writes writes(String namespace) {
    return Writes.at(Instant.now()).in(namespace).withUidsEnding(namespace);
  }

  /// @return the version of what is there now
  private static long write(String namespace, String name, String value) {
    var reply = await(member.resources().write(writes(namespace).merge(name, value)));
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    return ((WriteReply.Written) reply).version();
  }

  private static Snapshot everything() {
    return await(member.resources().snapshot(Writes.COLLECTION, null));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static Map<ResourceKey, Long> contents(Snapshot state) {
    var contents = new HashMap<ResourceKey, Long>();
    state
        .iterate(null, null)
        .forEachRemaining(resource -> contents.put(resource.key(), resource.version()));
    return contents;
  }

  private static String value(StoredResource resource) {
    return Writes.value(resource.json());
  }

  /// Changes up to one version after the other.
  private static final class Replay {

    private final WatchRecorder watcher;
    private @Nullable WatchItem next;
    private long reached;

    private Replay(WatchRecorder watcher) {
      this.watcher = watcher;
    }

    /// The next change at or below a version; null if there is none.
    private WatchItem.@Nullable Changed upTo(long version) throws InterruptedException {
      while (reached < version) {
        var item = next == null ? watcher.take() : next;
        next = null;
        if (item.version() > version) {
          next = item;
          return null;
        }
        reached = item.version();
        if (item instanceof WatchItem.Changed change) {
          return change;
        }
      }
      return null;
    }
  }
}
