package dev.troupe.runtime.member;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import dev.troupe.runtime.wire.WireVersions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members come and go while others work.
class MembersChangeTest {

  private final RefusingStore store =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));

  private Trio trio;

  @BeforeEach
  void start() throws InterruptedException {
    trio = Trio.start(store, 0, 0, 0);
  }

  @AfterEach
  void stop() {
    trio.close();
  }

  /// Nobody knows what the member has done that is gone, so nobody does it again.
  @Test
  void writeWhoseOwnerIsGoneIsOfUnknownOutcomeAndAppliedOnceAtMost() throws InterruptedException {
    var victim = trio.get(2);
    var namespace = trio.namespaceAt(victim);
    var partition = Trio.partition(namespace);
    var writes = Writes.at(Instant.now()).in(namespace);
    store.hold(partition);
    var underWay = new ArrayList<CompletableFuture<WriteReply>>();
    for (int i = 0; i < 20; i++) {
      underWay.add(
          trio.get(0).resources().write(writes.create("w" + i, "a")).toCompletableFuture());
    }
    store.awaitHeld(partition);

    trio.kill(victim);
    store.release(partition);

    for (var write : underWay) {
      assertThat(write.join())
          .isInstanceOfSatisfying(
              WriteReply.Refused.class,
              refused -> assertThat(refused.refusal().code()).isEqualTo(504));
    }
    for (int i = 0; i < 20; i++) {
      var name = "w" + i;
      assertThat(await(store.history(writes.key(name), 10))).hasSizeLessThan(2);
      assertThat(written(trio.get(0), writes.merge(name, "b"))).isPositive();
    }
  }

  /// The next owner is found, and asked instead.
  @Test
  void whatIsReadAndWrittenGoesOnAtTheNextOwner() {
    var victim = trio.get(1);
    var namespace = trio.namespaceAt(victim);
    var writes = Writes.at(Instant.now()).in(namespace);
    long version = written(trio.get(0), writes.create("kept", "a"));

    trio.kill(victim);

    var found = read(trio.get(0), writes.key("kept"));
    assertThat(found.version()).isEqualTo(version);
    assertThat(written(trio.get(0), writes.update("kept", "b"))).isGreaterThan(version);
    assertThat(Writes.value(read(trio.get(1), writes.key("kept")).json())).isEqualTo("b");
  }

  /// What has been taken so far must not look like the whole.
  @Test
  void listWhoseOwnerIsGoneFailsAndTheNextOneIsWhole() {
    var victim = trio.get(1);
    var reader = trio.get(0);
    var namespace = trio.namespaceAt(victim);
    var writes = Writes.at(Instant.now()).in(namespace);
    for (int i = 0; i < 12; i++) {
      written(trio.get(2), writes.create("long-" + i, "v".repeat(60_000)));
    }
    var pull = new Pull(await(reader.resources().list(ListQuery.of(Writes.COLLECTION, null))));
    var taken = new ArrayList<StoredResource>();
    assertThat(pull.state()).isEqualTo(Pull.State.HERE);
    taken.add(pull.next());

    trio.kill(victim);

    assertThatThrownBy(() -> await(pull.each(taken::add, Runnable::run)))
        .hasCauseInstanceOf(UnavailableException.class);
    assertThat(taken).hasSizeBetween(1, 11);
    assertThat(listed(reader, namespace)).hasSize(12);
    assertThat(listed(reader, null)).hasSize(12);
  }

  /// Lists again where nobody had the partition for seconds.
  private static List<StoredResource> listed(Member member, @Nullable String namespace) {
    for (int i = 0; i < 10; i++) {
      try {
        var items = new ArrayList<StoredResource>();
        var list = await(member.resources().list(ListQuery.of(Writes.COLLECTION, namespace)));
        await(new Pull(list).each(items::add, Runnable::run));
        return items;
      } catch (CompletionException failure) {
        assertThat(failure).hasCauseInstanceOf(UnavailableException.class);
      }
    }
    throw new AssertionError(namespace + " cannot be listed");
  }

  /// Whoever leaves waits until it has been taken.
  @Test
  void listThatHasBegunIsWholeAlthoughItsOwnerLeaves() throws Exception {
    var leaving = trio.get(2);
    var reader = trio.get(0);
    var writes = Writes.at(Instant.now()).in(trio.namespaceAt(leaving));
    for (int i = 0; i < 12; i++) {
      written(reader, writes.create("long-" + i, "v".repeat(60_000)));
    }
    var list = await(reader.resources().list(ListQuery.of(Writes.COLLECTION, null)));
    var pull = new Pull(list);
    var leave = Thread.ofPlatform().start(() -> trio.leave(leaving));
    leaving.ending().toCompletableFuture().get(10, TimeUnit.SECONDS);
    var partition = Trio.partition(writes.namespace());
    while (reader.overview(List.of()).partitions().stream()
        .noneMatch(report -> report.id().equals(partition) && isElsewhere(report, leaving))) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    var taken = new ArrayList<StoredResource>();
    await(pull.each(taken::add, Runnable::run));

    assertThat(taken).hasSize(12);
    leave.join();
  }

  private static boolean isElsewhere(PartitionReport report, Member than) {
    return report.owner() != null && !report.owner().equals(than.overview(List.of()).seenBy());
  }

  /// Whoever leaves takes no list with him that has just begun elsewhere.
  @Test
  @Tag("thorough")
  void listsGoOnWhileAMemberLeaves() throws InterruptedException {
    var leaving = trio.get(2);
    var reader = trio.get(0);
    var namespace = trio.namespaceAt(leaving);
    for (int i = 0; i < 3; i++) {
      written(reader, Writes.at(Instant.now()).in(namespace).create("kept-" + i, "a"));
    }
    var leave = Thread.ofPlatform().start(() -> trio.leave(leaving));
    int lists = 0;
    while (leave.isAlive() || lists < 5) {
      assertThat(listed(reader, null)).hasSize(3);
      lists++;
    }
    leave.join();
  }

  /// It takes nothing any more, and has not gone yet.
  @Test
  void whatComesWhileAPartitionLeavesIsSentAfterIt() throws Exception {
    var leaving = trio.get(2);
    var resources = trio.get(0).resources();
    var namespace = trio.namespaceAt(leaving);
    var writes = Writes.at(Instant.now()).in(namespace);
    store.hold(Trio.partition(namespace));
    var underWay = new ArrayList<CompletableFuture<WriteReply>>();
    underWay.add(resources.write(writes.create("held", "a")).toCompletableFuture());
    store.awaitHeld(Trio.partition(namespace));

    var leave = Thread.ofPlatform().start(() -> trio.leave(leaving));
    leaving.ending().toCompletableFuture().get(10, TimeUnit.SECONDS);
    for (int i = 0; i < 50; i++) {
      underWay.add(resources.write(writes.create("late" + i, "a")).toCompletableFuture());
      TimeUnit.MILLISECONDS.sleep(10);
    }
    store.release(Trio.partition(namespace));
    leave.join();

    assertThat(underWay)
        .allSatisfy(write -> assertThat(write.join()).isInstanceOf(WriteReply.Written.class));
  }

  /// While it is closed where it was, nobody there is told that it cannot be read.
  @Tag("thorough")
  @Test
  void readWhereAPartitionWasIsAnsweredByItsNextOwner() throws Exception {
    var first = trio.get(0);
    var owners = new HashMap<PartitionId, Member>();
    var writes = new HashMap<PartitionId, Writes>();
    for (var member : trio.all()) {
      for (var namespace : trio.namespacesAt(member)) {
        owners.put(Trio.partition(namespace), member);
        writes.put(Trio.partition(namespace), Writes.at(Instant.now()).in(namespace));
        written(first, Writes.at(Instant.now()).in(namespace).create("kept", namespace));
      }
    }
    var closing = store.holdClosings();
    try (var fourth = trio.start(Trio.introduction(), Trio.ahead(0))) {
      var moving = closing.get(20, TimeUnit.SECONDS);
      var key = requireNonNull(writes.get(moving)).key("kept");
      var owner = requireNonNull(owners.get(moving));
      var reads =
          Stream.generate(() -> owner.resources().get(key).toCompletableFuture())
              .limit(10)
              .toList();

      store.releaseClosings();

      assertThat(reads).allSatisfy(read -> assertThat(read.join()).isPresent());
      assertThat(Trio.owns(fourth, moving)).isTrue();
    }
  }

  /// Each is handed over as soon as it is closed.
  @Test
  void partitionThatCannotCloseYetKeepsNoOther() throws Exception {
    var leaving = trio.get(2);
    var held = trio.namespacesAt(leaving);
    var resources = trio.get(0).resources();
    store.hold(Trio.partition(held.getFirst()));
    var slow =
        resources
            .write(Writes.at(Instant.now()).in(held.getFirst()).create("slow", "a"))
            .toCompletableFuture();
    store.awaitHeld(Trio.partition(held.getFirst()));

    var leave = Thread.ofPlatform().start(() -> trio.leave(leaving));
    var next = Trio.partition(held.getLast());
    while (trio.all().stream().noneMatch(member -> Trio.owns(member, next))) {
      assertThat(leave.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(10);
    }

    assertThat(written(trio.get(0), Writes.at(Instant.now()).in(held.getLast()).create("b", "a")))
        .isPositive();
    assertThat(slow).isNotDone();
    store.release(Trio.partition(held.getFirst()));
    leave.join();
    assertThat(slow.join()).isInstanceOf(WriteReply.Written.class);
  }

  @Test
  void writesGoOnWhileAMemberLeaves() throws InterruptedException {
    var leaving = trio.get(2);
    var namespace = trio.namespaceAt(leaving);
    var writer = trio.get(0);
    var values = new ArrayList<Long>();
    var leave = Thread.ofPlatform().start(() -> trio.leave(leaving));
    for (int i = 0; leave.isAlive() || i < 50; i++) {
      var writes = Writes.at(Instant.now()).in(namespace);
      values.add(written(writer, writes.merge("steady", "v" + i)));
    }
    leave.join();

    assertThat(values).isSorted().doesNotHaveDuplicates();
    var last = await(writer.resources().get(Writes.at(Instant.now()).in(namespace).key("steady")));
    assertThat(Writes.value(last.orElseThrow().json())).isEqualTo("v" + (values.size() - 1));
  }

  /// Nothing is missing, and nothing comes twice.
  @Test
  void watchGoesOnWhenTheOwnerIsGone() throws InterruptedException {
    var victim = trio.get(1);
    var namespace = trio.namespaceAt(victim);
    var writes = Writes.at(Instant.now()).in(namespace);
    long version = written(trio.get(0), writes.create("watched", "a"));
    var watcher = new WatchRecorder();
    trio.get(2).resources().watch(Writes.COLLECTION, namespace, version).subscribe(watcher);
    written(trio.get(0), writes.update("watched", "b"));
    assertThat(watcher.change("watched")).isEqualTo("b");
    written(trio.get(0), writes.update("watched", "c"));

    trio.kill(victim);
    read(trio.get(0), writes.key("watched"));
    written(trio.get(0), writes.update("watched", "d"));

    assertThat(watcher.change("watched")).isEqualTo("c");
    assertThat(watcher.change("watched")).isEqualTo("d");
  }

  /// As if it had never come: nobody waits for it.
  @Test
  @Tag("thorough")
  void memberThatStopsWhileItStartsIsInTheRollNoMore() throws InterruptedException {
    var stopped = trio.start(Trio.introduction(), Trio.ahead(0));
    while (trio.roll().size() < 4) {
      TimeUnit.MILLISECONDS.sleep(5);
    }

    stopped.close();

    assertThat(trio.roll()).hasSize(3);
    assertThat(trio.get(0).trouble()).isEmpty();
  }

  /// Whoever starts next need not wait until none of them can be reading any more.
  @Test
  void clusterIsOverWhenAllLeaveAtOnce() throws InterruptedException {
    var leaves =
        trio.all().stream().map(member -> Thread.ofPlatform().start(member::close)).toList();
    for (var leave : leaves) {
      leave.join();
    }

    assertThat(trio.roll()).isEmpty();
  }

  @Tag("thorough")
  @Test
  void memberOfAnotherClusterIsTurnedAway() {
    var self = Trio.introduction();
    assertTurnedAway(with(self, "there", "", self.wire()), 0, "the cluster 'there'");
    assertTurnedAway(with(self, "here", "other", self.wire()), 0, "its store is 'other'");
    assertTurnedAway(
        with(self, "here", "", new WireVersions(7, 9)), 0, "Troupe 1.0 speaks versions 7 to 9");
    assertTurnedAway(self, 5_000, "turns this member away: its clock is");
    assertTurnedAway(self, -5_000, "this member does not work with");
  }

  private static Introduction with(
      Introduction self, String cluster, String origin, WireVersions wire) {
    return new Introduction(self.release(), wire, 0, 0, cluster, origin, 0, 0, Map.of(), 0, 0);
  }

  private void assertTurnedAway(Introduction self, long offsetMillis, String why) {
    try (var stranger = trio.start(self, Trio.ahead(offsetMillis))) {
      assertThatThrownBy(() -> await(stranger.ready()))
          .hasCauseInstanceOf(Company.TurnedAwayException.class)
          .hasMessageContaining(why);
      assertThat(trio.get(0).overview(List.of()).members()).hasSize(3);
      assertTimeout(Duration.ofSeconds(8), stranger::close, "it has nobody to say goodbye to");
    }
  }

  /// Sends a write again that was certainly not stored, as nobody had its partition for seconds.
  private static long written(Member member, WriteRequest request) {
    var reply = await(member.resources().write(request));
    for (int i = 0; reply.isNotStored() && i < 10; i++) {
      reply = await(member.resources().write(request));
    }
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    return ((WriteReply.Written) reply).version();
  }

  /// Reads again where nobody had the partition for seconds.
  private static StoredResource read(Member member, ResourceKey key) {
    for (int i = 0; i < 10; i++) {
      try {
        return await(member.resources().get(key)).orElseThrow();
      } catch (CompletionException failure) {
        assertThat(failure).hasCauseInstanceOf(UnavailableException.class);
      }
    }
    throw new AssertionError(key + " cannot be read");
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
