package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.overview.Overview;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.TestJournal;
import dev.troupe.runtime.store.TestSnapshots;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// A whole member on an event store in memory: the actors carry what the state machines decide.
class MemberTest {

  private static final RefusingStore STORE =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));
  private static Member member;

  /// Where the last write was decided.
  private static volatile @Nullable Thread decided;

  @BeforeAll
  static void start() {
    member = started();
  }

  @AfterAll
  static void stop() {
    member.close();
  }

  private static Member started() {
    var config =
        ConfigFactory.parseMap(
            Map.of(
                "troupe.journal.class", TestJournal.class.getName(),
                "troupe.snapshots.class", TestSnapshots.class.getName()));
    var registry = new ResourceRegistry(List.of(Writes.TYPE));
    var started = Member.start(config, registry, MemberTest::decide, STORE);
    started.ready().toCompletableFuture().join();
    return started;
  }

  private static MutationResult decide(@Nullable ObjectNode current, MutationRequest request) {
    decided = Thread.currentThread();
    return new SimpleMutator().apply(current, request);
  }

  @Test
  void loneWriteIsDecidedWhereItComesFromUnlessItsObjectIsLarge() {
    written(writes().create("small", "a"));
    assertThat(IntStream.range(0, 1_000).anyMatch(i -> decidedHere("small", "b" + i))).isTrue();

    written(writes().create("large", "a".repeat(70_000)));
    for (int i = 0; i < 20; i++) {
      assertThat(decidedHere("large", "a".repeat(70_000 + i))).isFalse();
    }
  }

  private boolean decidedHere(String name, String value) {
    written(writes().update(name, value));
    return Thread.currentThread().equals(decided);
  }

  @Tag("thorough")
  @Test
  void overflownStackOfAnActorEndsTheMember() throws Exception {
    member
        .system()
        .systemActorOf(
            Behaviors.setup(_ -> {
              throw new StackOverflowError();
            }),
            "overflowing",
            Props.empty());

    member.ending().toCompletableFuture().get(20, TimeUnit.SECONDS);
    member.close();
    member = started();
  }

  @Test
  void overviewTellsWhoHoldsWhat() {
    written(writes().create("overviewed", "a"));

    var overview = member.overview(List.of());

    assertThat(overview.members())
        .singleElement()
        .isEqualTo(new Overview.MemberReport(overview.seenBy(), "up", true, null));
    assertThat(overview.partitions())
        .extracting(PartitionReport::id)
        .isEqualTo(member.partitions());
    assertThat(overview.partitions())
        .allSatisfy(report -> {
          assertThat(report.owner()).isEqualTo(overview.seenBy());
          assertThat(report.serving()).isTrue();
          assertThat(report.epoch()).isPositive();
        });
    assertThat(overview.partitions().stream().mapToInt(PartitionReport::resources).sum())
        .isPositive();
    assertThat(overview.partitions().stream().mapToLong(PartitionReport::version).max())
        .isPresent();
  }

  @Test
  void createdResourceIsReadAtOnce() {
    var reply = written(writes().create("created", "a"));

    assertThat(reply.outcome()).isEqualTo(WriteReply.Outcome.CREATED);
    var found = snapshot().get("default", "created").orElseThrow();
    assertThat(found.version()).isEqualTo(reply.version());
    assertThat(Writes.value(found.json())).isEqualTo("a");
    assertThat(found.labels()).containsEntry("app", "created");
    assertThat(found.fields()).containsEntry("kind", "test");
  }

  @Test
  void staleUpdateIsRefused() {
    var created = written(writes().create("stale", "a"));
    written(writes().update("stale", "b", created.version()));

    var reply = write(writes().update("stale", "c", created.version()));

    assertThat(reply)
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(StatusReason.CONFLICT));
  }

  @Test
  void writeThatTheStoreRefusesIsAnsweredAndItsEpochGoesOn() {
    written(writes().create("full", "a"));
    var epochs = epochs();

    STORE.answer(EventStore.Outcome.NO_ROOM);
    assertThat(write(writes().update("full", "b"))).satisfies(reply -> isRefused(reply, 507));
    STORE.answer(EventStore.Outcome.OVERLOADED);
    assertThat(write(writes().update("full", "c"))).satisfies(reply -> isRefused(reply, 429));
    STORE.answer(EventStore.Outcome.STORED);

    assertThat(Writes.value(snapshot().get("default", "full").orElseThrow().json())).isEqualTo("a");
    written(writes().update("full", "d"));
    assertThat(epochs()).isEqualTo(epochs);
  }

  /// The next epoch asks the store, and goes on.
  @Tag("thorough")
  @Test
  void writeOfWhichTheStoreSaysNothingIsAnsweredAtItsDeadline() {
    written(writes().create("silent", "a"));
    var epochs = epochs();
    var update = writes().update("silent", "b");
    var hasty =
        new WriteRequest(
            update.mutation(),
            update.cause(),
            update.mutationKey(),
            update.seen(),
            Instant.now().plusMillis(500));

    STORE.silent(true);
    assertThat(write(hasty)).satisfies(reply -> isRefused(reply, 504));
    STORE.silent(false);

    written(writes().update("silent", "c"));
    assertThat(epochs()).isNotEqualTo(epochs);
  }

  @Test
  void partitionWhoseEpochWasEndedByAnotherStopsAndIsOpenedAgainOnce() {
    written(writes().create("stolen", "a"));
    var partition = member.partitions().getFirst();
    long stolen = STORE.open(partition).toCompletableFuture().join().epoch();

    assertThat(write(writes().update("stolen", "b"))).satisfies(reply -> isRefused(reply, 504));

    written(writes().update("stolen", "c"));
    assertThat(epochs()).containsExactly(stolen + 1);
  }

  private static void isRefused(WriteReply reply, int code) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(code));
  }

  private static List<Long> epochs() {
    return member.overview(List.of()).partitions().stream().map(PartitionReport::epoch).toList();
  }

  @Test
  void deletedResourceIsGoneAndCanBeCreatedAgain() {
    written(writes().create("again", "a"));

    assertThat(write(writes().delete("again"))).isInstanceOf(WriteReply.Removed.class);
    assertThat(snapshot().get("default", "again")).isEmpty();
    assertThat(written(writes().create("again", "b")).outcome())
        .isEqualTo(WriteReply.Outcome.CREATED);
  }

  @Test
  void repeatedKeyGetsTheFirstAnswer() {
    var first = written(writes().keyed("k").create("repeated", "a"));

    assertThat(written(writes().keyed("k").create("repeated", "a")).version())
        .isEqualTo(first.version());
  }

  @Test
  void watchContinuesASnapshotWithoutGap() throws InterruptedException {
    written(writes().create("watched", "a"));
    var before = snapshot();
    var watcher = new WatchRecorder();
    written(writes().update("watched", "b"));
    member.resources().watch(Writes.COLLECTION, null, before.version()).subscribe(watcher);
    written(writes().update("watched", "c"));

    assertThat(watcher.change("watched")).isEqualTo("b");
    assertThat(watcher.change("watched")).isEqualTo("c");
  }

  @Test
  void watchGoesOnWhenItsPartitionFailedAndBeganAnew() throws InterruptedException {
    written(writes().create("steady", "a"));
    var watcher = new WatchRecorder();
    member.resources().watch(Writes.COLLECTION, null, snapshot().version()).subscribe(watcher);
    written(writes().update("steady", "b"));
    assertThat(watcher.change("steady")).isEqualTo("b");

    failPartitions();
    written(writes().update("steady", "c"));

    assertThat(watcher.change("steady")).isEqualTo("c");
    written(writes().update("steady", "d"));
    assertThat(watcher.change("steady")).isEqualTo("d");
  }

  private static void failPartitions() throws InterruptedException {
    var failed = new CountDownLatch(1);
    var question =
        new PartitionMessage.Ask(
            0,
            _ -> {
              failed.countDown();
              throw new IllegalStateException("as asked for");
            });
    Adapter.toClassic(member.system())
        .actorSelection("/system/sharding/partition/*/*")
        .tell(question, ActorRef.noSender());
    assertThat(failed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void oldPositionIsFedFromTheLog() throws InterruptedException {
    var first = written(writes().create("old", "a"));
    for (int i = 0; i < 50; i++) {
      written(writes().update("old", "v" + i));
    }
    var watcher = new WatchRecorder();

    member.resources().watch(Writes.COLLECTION, null, first.version()).subscribe(watcher);

    for (int i = 0; i < 50; i++) {
      assertThat(watcher.change("old")).isEqualTo("v" + i);
    }
  }

  @Test
  void closedNamespaceTakesNoCreates() {
    member
        .resources()
        .closeNamespace("default", "closed-uid", Duration.ofMinutes(2))
        .toCompletableFuture()
        .join();

    var late = writes().inNamespaceWithUid("closed-uid").create("late", "a");

    assertThat(write(late))
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused ->
                assertThat(refused.refusal().message())
                    .isEqualTo(
                        "configmaps \"late\" is forbidden: unable to create new content in"
                            + " namespace default because it is being terminated"));
  }

  @Test
  void mistakeInARuleFailsOneWriteOnly() {
    written(writes().create("mistaken", "a"));
    var patch =
        new dev.troupe.resources.mutation.Mutation.Patch(
            dev.troupe.resources.mutation.Mutation.PatchType.JSON,
            tools.jackson.databind.node.NullNode.getInstance());

    var reply = write(writes().request("mistaken", patch));

    assertThat(reply)
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(500));
    written(writes().update("mistaken", "b"));
  }

  @Test
  void snapshotIsReadAgainByItsVersion() {
    written(writes().create("paged", "a"));
    var page = snapshot();
    page.iterate(null, null).next();
    written(writes().update("paged", "b"));

    var again =
        member
            .resources()
            .snapshotAt(Writes.COLLECTION, null, page.version())
            .toCompletableFuture()
            .join();

    assertThat(Writes.value(again.get("default", "paged").orElseThrow().json())).isEqualTo("a");
  }

  /// The page that follows is asked for when the partition has begun anew, whose states of before
  /// are gone.
  @Test
  void continueGoesOnAfterATakeover() throws InterruptedException {
    written(writes().create("continued", "a"));
    written(writes().create("continued-and-deleted", "a"));
    var page = snapshot();
    var before = contents(page);
    written(writes().update("continued", "b"));
    assertThat(write(writes().delete("continued-and-deleted")))
        .isInstanceOf(WriteReply.Removed.class);

    failPartitions();
    written(writes().update("continued", "c"));

    var again =
        member
            .resources()
            .snapshotAt(Writes.COLLECTION, null, page.version())
            .toCompletableFuture()
            .join();
    assertThat(again.version()).isEqualTo(page.version());
    assertThat(contents(again)).isEqualTo(before);
    assertThat(again.size()).isEqualTo(page.size());
  }

  private static Map<String, Long> contents(Snapshot state) {
    var contents = new HashMap<String, Long>();
    state
        .iterate(null, null)
        .forEachRemaining(found -> contents.put(found.key().name(), found.version()));
    return contents;
  }

  @Test
  void everythingIsThereAfterARestart() {
    var before = written(writes().create("kept", "a"));
    member.close();
    member = started();

    var found = snapshot().get("default", "kept").orElseThrow();

    assertThat(found.version()).isEqualTo(before.version());
    assertThat(snapshot().version()).isGreaterThanOrEqualTo(before.version());
    assertThat(written(writes().update("kept", "b")).version()).isGreaterThan(before.version());
  }

  private static Writes writes() {
    return Writes.at(Instant.now());
  }

  private static WriteReply write(WriteRequest request) {
    return member.resources().write(request).toCompletableFuture().join();
  }

  private static WriteReply.Written written(WriteRequest request) {
    var reply = write(request);
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    return (WriteReply.Written) reply;
  }

  private static Snapshot snapshot() {
    return member.resources().snapshot(Writes.COLLECTION, null).toCompletableFuture().join();
  }
}
