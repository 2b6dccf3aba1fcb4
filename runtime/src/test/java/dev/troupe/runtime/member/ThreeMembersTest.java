package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.measure.MeasuredStore;
import dev.troupe.runtime.overview.Overview;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Three members, as whoever asks any of them sees them.
class ThreeMembersTest {

  private static final RefusingStore STORE =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));

  private static Trio trio;

  @BeforeAll
  static void start() throws InterruptedException {
    trio = Trio.start(new MeasuredStore(STORE, System::nanoTime), 0, 200, 100);
  }

  @AfterAll
  static void stop() {
    trio.close();
  }

  @Test
  void eachHoldsSomeOfThePartitionsAndKnowsWhereTheOthersAre() {
    for (var member : trio.all()) {
      var overview = member.overview(List.of());
      assertThat(overview.members()).hasSize(3);
      assertThat(overview.partitions().stream().filter(PartitionReport::serving)).hasSize(2);
    }
  }

  @Test
  void whatAllHoldIsToldByEachOfThem() {
    for (var member : trio.all()) {
      assertThat(whole(member).partitions())
          .hasSize(Trio.PARTITIONS)
          .allSatisfy(report -> {
            assertThat(report.serving()).isTrue();
            assertThat(report.epoch()).isPositive();
            assertThat(report.version()).isPositive();
          });
      assertThat(whole(member).partitions().stream().map(PartitionReport::owner).distinct())
          .hasSize(3);
    }
  }

  @Test
  void eachTellsHowTheStoreIsToIt() {
    for (var member : trio.all()) {
      assertThat(whole(member).members())
          .hasSize(3)
          .allSatisfy(report -> {
            assertThat(report.answers()).isTrue();
            assertThat(report.commits()).isNotNull();
          });
    }
  }

  /// One for which all have answered in time: they are given little of it, and may have too little
  /// to do it with.
  private static Overview whole(Member member) {
    for (int i = 0; i < 20; i++) {
      var overview = await(member.wholeOverview(CompletableFuture.completedStage(List.of())));
      if (overview.members().stream().allMatch(Overview.MemberReport::answers)) {
        return overview;
      }
    }
    throw new AssertionError("a member never answers in time");
  }

  @Test
  void whatGoesBetweenMembersIsMeasured() {
    var owner = trio.all().getFirst();
    var other = trio.all().getLast();
    written(other, writes(other, trio.namespaceAt(owner)).create("measured", "a"));
    var peer = owner.overview(List.of()).seenBy();

    var forwarded = (Figure.Histogram) figure(other, "troupe_forwarded_request_duration_seconds");
    assertThat(forwarded.samples())
        .extracting(Figure.Distribution::labels)
        .contains(Map.of("peer", peer, "kind", "Write", "outcome", "answered"));
    assertThat(letters(other)).contains(Map.of("direction", "sent", "kind", "Write"));
    assertThat(letters(owner)).contains(Map.of("direction", "received", "kind", "Write"));
    assertThat(letters(owner)).contains(Map.of("direction", "sent", "kind", "WriteAnswered"));
  }

  @Test
  void leaseAndRollAndPartitionsAreMeasured() {
    for (var member : trio.all()) {
      assertThat(level(member, "troupe_lease_remaining_seconds"))
          .isBetween(0.0, LeaseSettings.DEFAULT.lease().toMillis() / 1_000.0);
      assertThat(level(member, "troupe_roll_members")).isEqualTo(3);
      assertThat(level(member, "troupe_roll_number")).isGreaterThanOrEqualTo(3);
      assertThat(level(member, "troupe_partitions_serving")).isEqualTo(2);
      var openings = (Figure.Histogram) figure(member, "troupe_partition_opening_duration_seconds");
      assertThat(openings.samples().getFirst().counts().stream().mapToLong(Long::longValue).sum())
          .isGreaterThanOrEqualTo(2);
    }
  }

  private static List<Map<String, String>> letters(Member member) {
    return ((Figure.Count) figure(member, "troupe_letters"))
        .samples().stream().map(Figure.Sample::labels).toList();
  }

  private static double level(Member member, String name) {
    return ((Figure.Level) figure(member, name)).samples().getFirst().value();
  }

  private static Figure figure(Member member, String name) {
    return member.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void writeThroughTheWrongMemberIsTheSame() {
    for (var owner : trio.all()) {
      var namespace = trio.namespaceAt(owner);
      for (var member : trio.all()) {
        var name = "same-" + trio.all().indexOf(member);

        var reply = written(member, writes(member, namespace).create(name, "a"));

        assertThat(reply.outcome()).isEqualTo(WriteReply.Outcome.CREATED);
        for (var reader : trio.all()) {
          var found = get(reader, namespace, name).orElseThrow();
          assertThat(found.json()).isEqualTo(reply.json());
          assertThat(found.version()).isEqualTo(reply.version());
          assertThat(found.labels()).containsEntry("app", name);
          assertThat(found.fields()).containsEntry("kind", "test");
        }
      }
    }
  }

  @Test
  void refusalThroughTheWrongMemberIsTheSame() {
    var namespace = trio.namespaceAt(trio.get(1));
    var created = written(trio.get(0), writes(trio.get(0), namespace).create("stale", "a"));
    written(trio.get(2), writes(trio.get(2), namespace).update("stale", "b"));

    for (var member : trio.all()) {
      var writes = writes(member, namespace);
      assertThat(refused(member, writes.update("stale", "c", created.version())))
          .isEqualTo(StatusReason.CONFLICT);
      assertThat(refused(member, writes.create("stale", "c")))
          .isEqualTo(StatusReason.ALREADY_EXISTS);
      assertThat(refused(member, writes.update("missing", "c"))).isEqualTo(StatusReason.NOT_FOUND);
      assertThat(get(member, namespace, "missing")).isEmpty();
    }
  }

  @Test
  void deletedThroughTheWrongMemberIsGoneEverywhere() {
    var namespace = trio.namespaceAt(trio.get(1));
    written(trio.get(0), writes(trio.get(0), namespace).create("deleted", "a"));

    assertThat(write(trio.get(2), writes(trio.get(2), namespace).delete("deleted")))
        .isInstanceOf(WriteReply.Removed.class);

    assertThat(trio.all())
        .allSatisfy(member -> assertThat(get(member, namespace, "deleted")).isEmpty());
  }

  @Test
  void repeatedKeyGetsTheFirstAnswerWhicheverMemberItGoesThrough() {
    var namespace = trio.namespaceAt(trio.get(1));
    var request = writes(trio.get(0), namespace).keyed("k").create("repeated", "a");

    var versions = trio.all().stream().map(member -> written(member, request).version()).distinct();

    assertThat(versions).hasSize(1);
  }

  /// Whichever way it comes.
  @Test
  void hostThatWasReplacedWritesNothing() {
    var namespace = trio.namespaceAt(trio.get(1));
    var host = new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "replaced"), 0);
    var request = writes(trio.get(0), namespace).create("of-the-next", "a");
    written(trio.get(2), request.of(new HostIdentity(host, 6)));

    for (var member : trio.all()) {
      var late = writes(member, namespace).create("of-the-former", "a");
      assertThat(refused(member, late.of(new HostIdentity(host, 5))))
          .isEqualTo(StatusReason.FORBIDDEN);
    }
    assertThat(get(trio.get(0), namespace, "of-the-former")).isEmpty();
  }

  @Test
  void closedNamespaceTakesNoCreatesThroughAnybody() {
    var namespace = trio.namespaceAt(trio.get(1));
    await(trio.get(0).resources().closeNamespace(namespace, "closed-uid", Duration.ofMinutes(2)));

    for (var member : trio.all()) {
      var late = writes(member, namespace).inNamespaceWithUid("closed-uid").create("late", "a");
      assertThat(refused(member, late)).isEqualTo(StatusReason.FORBIDDEN);
    }
  }

  /// The clocks of the three differ, and whoever has seen the one passes on that he has.
  @Test
  void yAfterXHasTheHigherVersion() {
    for (var member : trio.all()) {
      long last = 0;
      for (int i = 0; i < 300; i++) {
        var namespace = trio.namespaceAt(trio.get(i % 3));
        long version = written(member, writes(member, namespace).merge("later", "" + i)).version();
        assertThat(version).isGreaterThan(last);
        last = version;
      }
    }
  }

  /// What one has read from elsewhere, it has seen as well.
  @Test
  void writeAfterAReadHasTheHigherVersion() {
    var reader = trio.get(0);
    var ahead = trio.namespaceAt(trio.get(1));
    for (int i = 0; i < 100; i++) {
      long there = written(trio.get(1), writes(trio.get(1), ahead).merge("read", "" + i)).version();
      assertThat(get(reader, ahead, "read").orElseThrow().version()).isEqualTo(there);

      var behind = trio.namespaceAt(reader);
      assertThat(written(reader, writes(reader, behind).merge("after", "" + i)).version())
          .isGreaterThan(there);
    }
  }

  /// X through a member whose clock is fast, then Y through one whose clock is slow, and which has
  /// read X.
  @Test
  void listAtExactlyYHasX() {
    var slow = trio.get(0);
    var fast = trio.get(1);
    for (int i = 0; i < 20; i++) {
      var name = "x" + i;
      var ahead = trio.namespaceAt(fast);
      written(fast, writes(fast, ahead).create(name, "x"));
      assertThat(get(slow, ahead, name)).isPresent();

      var y = written(slow, writes(slow, trio.namespaceAt(slow)).merge("y", "" + i));

      for (var reader : trio.all()) {
        var list = ListQuery.of(Writes.COLLECTION, null).at(y.version());
        var names = new ArrayList<String>();
        await(
            new Pull(await(reader.resources().list(list)))
                .each(one -> names.add(one.key().name()), Runnable::run));
        assertThat(names).contains(name, "y");
      }
    }
  }

  /// What one has watched elsewhere, too.
  @Test
  void writeAfterAWatchHasTheHigherVersion() throws InterruptedException {
    var watching = trio.get(0);
    var ahead = trio.namespaceAt(trio.get(1));
    var watcher = new WatchRecorder();
    long from = written(trio.get(1), writes(trio.get(1), ahead).create("shown", "0")).version();
    watching.resources().watch(Writes.COLLECTION, ahead, from).subscribe(watcher);
    for (int i = 1; i <= 50; i++) {
      var value = Integer.toString(i);
      long there =
          written(trio.get(1), writes(trio.get(1), ahead).update("shown", value)).version();
      assertThat(watcher.change("shown")).isEqualTo(value);

      var behind = trio.namespaceAt(watching);
      assertThat(written(watching, writes(watching, behind).merge("after-watch", value)).version())
          .isGreaterThan(there);
    }
  }

  /// What is elsewhere comes as a list.
  @Test
  void statesOfWhatIsElsewhereAreNotHere() {
    var namespace = trio.namespaceAt(trio.get(1));

    for (var read : new String[] {namespace, null}) {
      assertThatThrownBy(() -> await(trio.get(0).resources().snapshot(Writes.COLLECTION, read)))
          .hasCauseInstanceOf(UnavailableException.class)
          .hasMessageContaining("at another member");
    }
    assertThat(await(trio.get(1).resources().snapshot(Writes.COLLECTION, namespace)).version())
        .isPositive();
  }

  @Test
  void watchThroughTheWrongMemberIsTheSame() throws InterruptedException {
    var namespace = trio.namespaceAt(trio.get(1));
    var member = trio.get(0);
    long from = written(member, writes(member, namespace).create("watched", "0")).version();
    for (var read : new String[] {namespace, null}) {
      var watcher = new WatchRecorder();
      trio.get(2).resources().watch(Writes.COLLECTION, read, from).subscribe(watcher);
      for (int i = 1; i <= 20; i++) {
        var reply = written(member, writes(member, namespace).update("watched", "" + i));
        assertThat(watcher.change("watched")).isEqualTo(Integer.toString(i));
        from = reply.version();
      }
    }
  }

  private static Writes writes(Member member, String namespace) {
    return Writes.at(member.time().instant()).in(namespace).withUidsEnding(namespace);
  }

  private static WriteReply write(Member member, WriteRequest request) {
    return await(member.resources().write(request));
  }

  private static WriteReply.Written written(Member member, WriteRequest request) {
    var reply = write(member, request);
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    return (WriteReply.Written) reply;
  }

  private static StatusReason refused(Member member, WriteRequest request) {
    var reply = write(member, request);
    assertThat(reply).isInstanceOf(WriteReply.Refused.class);
    return ((WriteReply.Refused) reply).refusal().reason();
  }

  private static Optional<StoredResource> get(Member member, String namespace, String name) {
    return await(member.resources().get(writes(member, namespace).key(name)));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
