package dev.troupe.persistence.contract;

import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.deleted;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.key;
import static dev.troupe.persistence.contract.Events.large;
import static dev.troupe.persistence.contract.Events.updated;
import static dev.troupe.persistence.contract.Events.version;
import static dev.troupe.runtime.store.EventStore.Outcome.DUPLICATE;
import static dev.troupe.runtime.store.EventStore.Outcome.FENCED;
import static dev.troupe.runtime.store.EventStore.Outcome.STORED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.EventStore.Tail;
import dev.troupe.runtime.store.ForgottenException;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every engine must do. An engine's test implements this interface and gets all tests.
public interface EventStoreContract {

  /// The instant at which [#store()]'s clock stands: the tests' events are from the first minutes
  /// of 1970.
  Instant NOW = Instant.EPOCH.plus(Duration.ofDays(1));

  /// A new, empty store, whose clock stands at [#NOW]. The same one within a test.
  EventStore store();

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException failed) {
      if (failed.getCause() instanceof StoreException refused) {
        throw refused;
      }
      throw new AssertionError(failed);
    } catch (InterruptedException | java.util.concurrent.TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  default List<Outcome> append(Group... groups) {
    return await(store().append(List.of(groups)));
  }

  default List<EventRecord> scan(PartitionId partition, long atVersion) {
    var records = Collections.synchronizedList(new ArrayList<EventRecord>());
    long count = await(store().scan(partition, atVersion, records::add));
    assertThat(count).isEqualTo(records.size());
    return records;
  }

  default EventStore.Opened open(PartitionId partition) {
    return await(store().open(partition));
  }

  @Test
  default void newPartitionOpensCleanInEpochOne() {
    var opened = open(PARTITION);

    assertThat(opened.epoch()).isEqualTo(1);
    assertThat(opened.clean()).isTrue();
    assertThat(opened.facts()).isEmpty();
    assertThat(opened.highestVersion()).isZero();
  }

  @Test
  default void epochThatWasNotClosedIsNotClean() {
    open(PARTITION);
    assertThat(open(PARTITION).clean()).isFalse();
    await(store().close(PARTITION, 2, true));

    var opened = open(PARTITION);

    assertThat(opened.epoch()).isEqualTo(3);
    assertThat(opened.clean()).isTrue();
  }

  @Test
  default void epochThatNeverServedDoesNotCloseCleanly() {
    open(PARTITION);
    open(PARTITION);
    await(store().close(PARTITION, 2, false));

    assertThat(open(PARTITION).clean()).isFalse();
  }

  @Test
  default void uncleanStaysUntilSomebodyServed() {
    open(PARTITION);
    open(PARTITION);
    await(store().close(PARTITION, 2, false));
    open(PARTITION);
    await(store().close(PARTITION, 3, false));
    assertThat(open(PARTITION).clean()).isFalse();
    await(store().close(PARTITION, 4, true));

    assertThat(open(PARTITION).clean()).isTrue();
  }

  /// Nobody can be left of whom it would not know.
  @Test
  default void epochThatNeverServedLeavesACleanPartitionClean() {
    open(PARTITION);
    await(store().close(PARTITION, 1, false));

    assertThat(open(PARTITION).clean()).isTrue();
  }

  @Test
  default void closingAnOldEpochHasNoEffect() {
    open(PARTITION);
    open(PARTITION);
    await(store().close(PARTITION, 1, true));

    assertThat(append(group(created(PARTITION, 2, 1, "a")))).containsExactly(STORED);
    assertThat(open(PARTITION).clean()).isFalse();
  }

  @Test
  default void olderClosedAndUnopenedEpochsAreFenced() {
    assertThat(append(group(created(PARTITION, 0, 1, "a")))).containsExactly(FENCED);
    assertThat(append(group(created(PARTITION, 1, 1, "a")))).containsExactly(FENCED);
    open(PARTITION);
    open(PARTITION);
    assertThat(append(group(created(PARTITION, 1, 1, "a")))).containsExactly(FENCED);
    assertThat(append(group(created(PARTITION, 3, 1, "a")))).containsExactly(FENCED);
    await(store().close(PARTITION, 2, true));
    assertThat(append(group(created(PARTITION, 2, 1, "a")))).containsExactly(FENCED);

    assertThat(scan(PARTITION, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  default void fencedOrDuplicateGroupDoesNotDisturbTheOthers() {
    open(PARTITION);
    open(OTHER);
    open(OTHER);
    append(group(created(PARTITION, 1, 1, "a")));

    var outcomes =
        append(
            group(created(OTHER, 1, 1, "late")),
            group(created(PARTITION, 1, 1, "same-version")),
            group(created(PARTITION, 1, 2, "b")),
            group(created(OTHER, 2, 2, "d")));

    assertThat(outcomes).containsExactly(FENCED, DUPLICATE, STORED, STORED);
    assertThat(scan(PARTITION, Long.MAX_VALUE))
        .extracting(e -> e.key().name())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(scan(OTHER, Long.MAX_VALUE)).extracting(e -> e.key().name()).containsExactly("d");
  }

  @Test
  default void groupIsStoredWholeOrNotAtAll() {
    open(PARTITION);
    append(group(created(PARTITION, 1, 5, "a")));

    var outcomes =
        append(
            group(created(PARTITION, 1, 6, "b"), created(PARTITION, 1, 5, "c")),
            group(created(PARTITION, 1, 6, "b"), updated(PARTITION, 1, 7, "b", 2)),
            group(created(PARTITION, 1, 8, "c"), updated(PARTITION, 1, 8, "c", 2)));

    assertThat(outcomes).containsExactly(DUPLICATE, STORED, DUPLICATE);
    assertThat(await(store().tail(PODS, 0, EventStore.Most.of(10))).events())
        .extracting(EventRecord::version)
        .containsExactly(version(PARTITION, 5), version(PARTITION, 6), version(PARTITION, 7));
  }

  @Test
  default void groupRefusedForOneEventLeavesNothingForTheNextGroupToTripOver() {
    open(PARTITION);
    append(group(created(PARTITION, 1, 5, "a")));

    var outcomes =
        append(
            new Group(
                PARTITION,
                1,
                List.of(created(PARTITION, 1, 6, "b"), created(PARTITION, 1, 7, "a")),
                Map.of("fact", new byte[] {1})),
            group(created(PARTITION, 1, 6, "b")));

    assertThat(outcomes).containsExactly(DUPLICATE, STORED);
    assertThat(open(PARTITION).facts()).isEmpty();
  }

  @Test
  default void sequenceThatIsNotAboveTheNewestIsADuplicate() {
    open(PARTITION);
    append(group(created(PARTITION, 1, 1, "a"), updated(PARTITION, 1, 2, "a", 2)));

    assertThat(
            append(
                group(updated(PARTITION, 1, 3, "a", 2)),
                group(updated(PARTITION, 1, 4, "a", 1)),
                group(updated(PARTITION, 1, 5, "a", 3)),
                group(updated(PARTITION, 1, 6, "a", 3))))
        .containsExactly(DUPLICATE, DUPLICATE, STORED, DUPLICATE);
  }

  @Test
  default void deletedResourceMayBeginAgain() {
    open(PARTITION);
    append(group(created(PARTITION, 1, 1, "a"), deleted(PARTITION, 1, 2, "a", 2)));

    assertThat(append(group(created(PARTITION, 1, 3, "a")))).containsExactly(STORED);
    assertThat(append(group(created(PARTITION, 1, 4, "a")))).containsExactly(DUPLICATE);
    assertThat(await(store().history(key(PARTITION, "a"), 10)))
        .extracting(EventRecord::version)
        .containsExactly(version(PARTITION, 3), version(PARTITION, 2), version(PARTITION, 1));
  }

  @Test
  default void factsSurviveTheEpochAndAreReplacedByName() {
    open(PARTITION);
    append(
        new Group(
            PARTITION,
            1,
            List.of(),
            Map.of("ceiling", "1".getBytes(UTF_8), "closed", "x".getBytes(UTF_8))));
    append(
        new Group(
            PARTITION,
            1,
            List.of(created(PARTITION, 1, 1, "a")),
            Map.of("ceiling", "2".getBytes(UTF_8), "closed", new byte[0])));

    assertThat(open(PARTITION).facts())
        .containsOnlyKeys("ceiling")
        .containsEntry("ceiling", "2".getBytes(UTF_8));
  }

  @Test
  default void factsOfAFencedGroupAreNotKept() {
    open(PARTITION);
    open(PARTITION);
    assertThat(append(new Group(PARTITION, 1, List.of(), Map.of("ceiling", new byte[] {1}))))
        .containsExactly(FENCED);

    assertThat(open(PARTITION).facts()).isEmpty();
  }

  @Test
  default void openTellsTheHighestVersionEvenIfALowerOneWasStoredLater() {
    open(PARTITION);
    append(group(created(PARTITION, 1, 9, "a")));
    append(group(created(PARTITION, 1, 3, "b")));

    assertThat(open(PARTITION).highestVersion()).isEqualTo(version(PARTITION, 9));
    assertThat(await(store().tail(PODS, 0, EventStore.Most.of(10))).events())
        .extracting(e -> e.key().name())
        .containsExactly("b", "a");
  }

  @Test
  default void scanOfManyResourcesHasEachOnce() {
    open(PARTITION);
    for (int part = 0; part < 10; part++) {
      append(
          IntStream.range(part * 500, part * 500 + 500)
              .mapToObj(n -> group(created(PARTITION, 1, n + 1, "r-" + n)))
              .toArray(Group[]::new));
    }

    assertThat(scan(PARTITION, Long.MAX_VALUE))
        .hasSize(5_000)
        .extracting(e -> e.key().name())
        .doesNotHaveDuplicates();
  }

  @Test
  default void recordsComeBackAsTheyWere() {
    open(PARTITION);
    var event = created(PARTITION, 1, 1, "a");
    append(group(event));

    assertThat(scan(PARTITION, Long.MAX_VALUE)).containsExactly(event);
    assertThat(await(store().tail(PODS, 0, EventStore.Most.of(1))).events()).containsExactly(event);
    assertThat(await(store().history(event.key(), 1))).containsExactly(event);
  }

  @Test
  default void scanGivesTheNewestEventOfEachResourceTombstonesIncluded() {
    open(PARTITION);
    var living = updated(PARTITION, 1, 4, "a", 2);
    var tombstone = deleted(PARTITION, 1, 5, "b", 2);
    append(
        group(created(PARTITION, 1, 1, "a"), created(PARTITION, 1, 2, "b")),
        group(living, tombstone));

    assertThat(scan(PARTITION, Long.MAX_VALUE)).containsExactlyInAnyOrder(living, tombstone);
    assertThat(scan(new PartitionId(PODS, 1), Long.MAX_VALUE)).isEmpty();
  }

  @Test
  default void scanAsOfAVersionGivesTheStateOfThen() {
    open(PARTITION);
    var first = created(PARTITION, 1, 1, "a");
    var second = created(PARTITION, 1, 2, "b");
    append(group(first), group(second));
    append(
        group(updated(PARTITION, 1, 4, "a", 2), deleted(PARTITION, 1, 5, "b", 2)),
        group(created(PARTITION, 1, 6, "c")));

    assertThat(scan(PARTITION, version(PARTITION, 1) - 1)).isEmpty();
    assertThat(scan(PARTITION, version(PARTITION, 1))).containsExactly(first);
    assertThat(scan(PARTITION, version(PARTITION, 3))).containsExactlyInAnyOrder(first, second);
    assertThat(scan(PARTITION, version(PARTITION, 6))).hasSize(3);
  }

  @Test
  default void tailContinuesBehindAVersionInOrderAcrossPartitions() {
    var one = new PartitionId(PODS, 1);
    open(PARTITION);
    open(one);
    append(group(created(PARTITION, 1, 1, "a")), group(created(one, 1, 2, "b")));
    append(group(created(PARTITION, 1, 3, "c")), group(created(one, 1, 4, "d")));

    var tail = await(store().tail(PODS, version(PARTITION, 1), EventStore.Most.of(2)));

    assertThat(tail.horizon()).isZero();
    assertThat(tail.events()).extracting(e -> e.key().name()).containsExactly("b", "c");
    assertThat(await(store().tail(PODS, version(one, 4), EventStore.Most.of(2))).events())
        .isEmpty();
    assertThat(await(store().tail(OTHER.collection(), 0, EventStore.Most.of(2))).events())
        .isEmpty();
  }

  /// Whoever is far behind must not bring all that he has missed into memory at once.
  @Test
  default void tailEndsWhereItHasEnoughBytes() {
    open(PARTITION);
    append(
        group(
            large(1, "a", 400),
            large(2, "b", 400),
            large(3, "c", 3_000),
            large(4, "d", 10),
            large(5, "e", 10)));
    var most = new EventStore.Most(4, 1_400);

    assertThat(names(tail(0, most))).containsExactly("a", "b");
    assertThat(tail(0, most).complete()).isFalse();
    assertThat(names(tail(version(PARTITION, 2), most))).containsExactly("c");
    assertThat(tail(version(PARTITION, 2), most).complete()).isFalse();
    assertThat(names(tail(version(PARTITION, 3), most))).containsExactly("d", "e");
    assertThat(tail(version(PARTITION, 3), most).complete()).isTrue();
    assertThat(names(tail(0, EventStore.Most.of(2)))).containsExactly("a", "b");
    assertThat(tail(0, EventStore.Most.of(2)).complete()).isFalse();
    assertThat(tail(version(PARTITION, 5), most).complete()).isTrue();
  }

  private Tail tail(long after, EventStore.Most most) {
    return await(store().tail(PODS, after, most));
  }

  private static List<String> names(Tail tail) {
    return tail.events().stream().map(event -> event.key().name()).toList();
  }

  @Test
  default void historyIsNewestFirstAndLimited() {
    open(PARTITION);
    append(
        group(
            created(PARTITION, 1, 1, "a"),
            updated(PARTITION, 1, 2, "a", 2),
            updated(PARTITION, 1, 3, "a", 3)));

    assertThat(await(store().history(key(PARTITION, "a"), 2)))
        .extracting(EventRecord::sequence)
        .containsExactly(3L, 2L);
    assertThat(await(store().history(key(PARTITION, "b"), 2))).isEmpty();
    assertThat(await(store().history(key(PARTITION, "a"), new EventStore.Most(3, 1))))
        .extracting(EventRecord::sequence)
        .containsExactly(3L);
  }

  @Test
  default void pruneKeepsTheNewestEventsOfALivingResource() {
    open(PARTITION);
    append(
        group(
            created(PARTITION, 1, 1, "a"),
            updated(PARTITION, 1, 2, "a", 2),
            updated(PARTITION, 1, 3, "a", 3),
            created(PARTITION, 1, 4, "b")));

    await(store().prune(new Retention(new Rule(Duration.ofMinutes(1), 2), Map.of())));

    assertThat(await(store().history(key(PARTITION, "a"), 10)))
        .extracting(EventRecord::sequence)
        .containsExactly(3L, 2L);
    assertThat(scan(PARTITION, Long.MAX_VALUE)).hasSize(2);
    var expired = await(store().tail(PODS, 0, EventStore.Most.of(10)));
    assertThat(expired.events()).isEmpty();
    assertThat(expired.horizon()).isBetween(version(PARTITION, 1), version(PARTITION, 2));
    assertThat(await(store().tail(PODS, expired.horizon(), EventStore.Most.of(10))).events())
        .isNotEmpty();
  }

  @Test
  default void pruneForgetsWhatWasDeletedLongAgo() {
    open(PARTITION);
    append(
        group(
            created(PARTITION, 1, 1, "gone"),
            deleted(PARTITION, 1, 2, "gone", 2),
            created(PARTITION, 1, 3, "a")));

    await(store().prune(new Retention(new Rule(Duration.ofMinutes(1), 2), Map.of())));

    assertThat(scan(PARTITION, Long.MAX_VALUE))
        .extracting(e -> e.key().name())
        .containsExactly("a");
    assertThat(await(store().history(key(PARTITION, "gone"), 10))).isEmpty();
    assertThat(open(PARTITION).highestVersion()).isEqualTo(version(PARTITION, 3));
  }

  @Test
  default void pruneKeepsTombstonesForAnHour() {
    long recent = NOW.minus(Duration.ofMinutes(30)).toEpochMilli();
    open(PARTITION);
    append(group(created(PARTITION, 1, recent, "a"), deleted(PARTITION, 1, recent + 1, "a", 2)));

    await(store().prune(new Retention(new Rule(Duration.ofMinutes(1), 1), Map.of())));

    assertThat(scan(PARTITION, Long.MAX_VALUE))
        .extracting(EventRecord::type)
        .containsExactly(EventRecord.Type.DELETED);
  }

  @Test
  default void pruneLeavesYoungEventsAndOtherCollectionsAlone() {
    open(PARTITION);
    open(OTHER);
    append(
        group(created(PARTITION, 1, 1, "a"), updated(PARTITION, 1, 2, "a", 2)),
        group(created(OTHER, 1, 1, "a"), updated(OTHER, 1, 2, "a", 2)));

    await(
        store()
            .prune(
                new Retention(
                    new Rule(Duration.ofDays(2), 1), Map.of(PODS, new Rule(Duration.ZERO, 1)))));

    assertThat(await(store().history(key(PARTITION, "a"), 10))).hasSize(1);
    assertThat(await(store().history(key(OTHER, "a"), 10))).hasSize(2);
    assertThat(await(store().tail(OTHER.collection(), 0, EventStore.Most.of(10))).horizon())
        .isZero();
  }

  @Test
  default void stateBelowTheHorizonIsRefused() {
    open(PARTITION);
    append(
        group(
            created(PARTITION, 1, 1, "a"),
            updated(PARTITION, 1, 2, "a", 2),
            updated(PARTITION, 1, 3, "a", 3)));
    await(store().prune(new Retention(new Rule(Duration.ZERO, 1), Map.of())));

    assertThatThrownBy(() -> scan(PARTITION, version(PARTITION, 1)))
        .isInstanceOf(ForgottenException.class)
        .hasMessageContaining("pods#0");
    assertThat(scan(PARTITION, version(PARTITION, 3))).hasSize(1);
  }

  @Test
  default void partitionCountIsFixedByTheFirstCall() {
    assertThat(await(store().partitions(PODS, 4))).isEqualTo(4);
    assertThat(await(store().partitions(PODS, 4))).isEqualTo(4);
    assertThat(await(store().partitions(PODS, 8))).isEqualTo(4);
    assertThat(await(store().partitions(PODS, 1))).isEqualTo(4);
  }

  @Test
  default void appendsOfOnePartitionAreStoredInTheOrderOfTheCalls() {
    open(PARTITION);

    var outcomes =
        LongStream.rangeClosed(1, 500)
            .mapToObj(n -> store().append(List.of(group(updated(PARTITION, 1, n, "a", n)))))
            .toList();

    outcomes.forEach(outcome -> assertThat(await(outcome)).containsExactly(STORED));
    assertThat(await(store().tail(PODS, 0, EventStore.Most.of(1_000))).events())
        .extracting(EventRecord::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
  }

  @Test
  default void openFencesAppendsThatAreCalledAfterIt() {
    open(PARTITION);

    var before = store().append(List.of(group(created(PARTITION, 1, 1, "before"))));
    var opened = store().open(PARTITION);
    var after = store().append(List.of(group(created(PARTITION, 1, 2, "after"))));

    assertThat(await(before)).containsExactly(STORED);
    assertThat(await(opened).highestVersion()).isEqualTo(version(PARTITION, 1));
    assertThat(await(after)).containsExactly(FENCED);
  }

  @Test
  default void closedStoreRefusesEverything() {
    store().close();

    assertThatThrownBy(() -> open(PARTITION)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> append(group(created(PARTITION, 1, 1, "a"))))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> scan(PARTITION, Long.MAX_VALUE)).isInstanceOf(StoreException.class);
  }
}
