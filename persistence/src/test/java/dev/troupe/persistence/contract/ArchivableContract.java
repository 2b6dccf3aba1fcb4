package dev.troupe.persistence.contract;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.deleted;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.key;
import static dev.troupe.persistence.contract.Events.updated;
import static dev.troupe.persistence.contract.Events.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.Version;
import dev.troupe.persistence.backup.Archivable;
import dev.troupe.persistence.backup.NewIncarnation;
import dev.troupe.persistence.backup.Repartition;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// What every engine must do that can be copied and restored.
public interface ArchivableContract {

  /// A new, empty store; another one with each call within a test.
  EventStore empty();

  private static Archivable archive(EventStore store) {
    return (Archivable) store;
  }

  /// Copies one store into another, through memory.
  private static void move(EventStore from, EventStore to, NewIncarnation incarnation) {
    var entries = Collections.synchronizedList(new ArrayList<ArchivedEntry>());
    long count = await(archive(from).copy(entries::add));
    assertThat(count).isEqualTo(entries.size());
    assertThat(await(archive(to).restore(entries.stream().map(incarnation::adapt).iterator())))
        .isEqualTo(count);
  }

  private static Set<EventRecord> latest(EventStore store, PartitionId partition) {
    Set<EventRecord> records = ConcurrentHashMap.newKeySet();
    await(store.scan(partition, Long.MAX_VALUE, records::add));
    return records;
  }

  /// Some of everything: two collections, facts, pruned events, a resource that is forgotten.
  private static void fill(EventStore store) {
    await(store.partitions(PODS, 1));
    await(store.open(PARTITION));
    await(store.open(PARTITION));
    await(store.open(OTHER));
    await(
        store.append(
            List.of(
                group(created(PARTITION, 2, 1, "a"), updated(PARTITION, 2, 2, "a", 2)),
                group(updated(PARTITION, 2, 3, "a", 3), created(PARTITION, 2, 5, "b")),
                group(created(PARTITION, 2, 6, "c"), deleted(PARTITION, 2, 7, "c", 2)),
                new Group(
                    OTHER,
                    1,
                    List.of(created(OTHER, 1, 4, "x")),
                    Map.of("ceiling", new byte[] {1, 2})))));
    await(
        store.prune(
            new Retention(
                new Rule(Duration.ofDays(2), 10), Map.of(PODS, new Rule(Duration.ZERO, 2)))));
  }

  @Test
  default void restoredStoreHoldsWhatWasCopied() {
    var from = empty();
    var to = empty();
    fill(from);

    move(from, to, new NewIncarnation(0));

    for (var partition : List.of(PARTITION, OTHER)) {
      assertThat(latest(to, partition)).isEqualTo(latest(from, partition));
    }
    for (var name : List.of("a", "b", "c")) {
      assertThat(await(to.history(key(PARTITION, name), 10)))
          .isEqualTo(await(from.history(key(PARTITION, name), 10)));
    }
    var expired = await(from.tail(PODS, 0, EventStore.Most.of(100)));
    assertThat(expired.horizon()).isPositive();
    assertThat(await(to.tail(PODS, 0, EventStore.Most.of(100)))).isEqualTo(expired);
    assertThat(await(to.tail(PODS, expired.horizon(), EventStore.Most.of(100))))
        .isEqualTo(await(from.tail(PODS, expired.horizon(), EventStore.Most.of(100))));
    assertThat(await(to.partitions(PODS, 2))).isEqualTo(1);
  }

  @Test
  default void epochsGoOnAndAreOver() {
    var from = empty();
    var to = empty();
    fill(from);

    move(from, to, new NewIncarnation(0));

    assertThat(await(to.append(List.of(group(created(PARTITION, 2, 100, "late"))))))
        .containsExactly(EventStore.Outcome.FENCED);
    var opened = await(to.open(PARTITION));
    assertThat(opened.epoch()).isEqualTo(3);
    assertThat(opened.clean()).isTrue();
    assertThat(opened.highestVersion()).isEqualTo(version(PARTITION, 7));
    assertThat(await(to.open(OTHER)).facts()).containsOnlyKeys("ceiling");
  }

  @Test
  default void positionsOfBeforeHaveExpiredAndVersionsGoOnAboveThem() {
    var from = empty();
    var to = empty();
    fill(from);
    long floor = Version.atMillis(1_000);

    move(from, to, new NewIncarnation(floor));

    var tail = await(to.tail(PODS, version(PARTITION, 7), EventStore.Most.of(10)));
    assertThat(tail.events()).isEmpty();
    assertThat(tail.horizon()).isGreaterThanOrEqualTo(floor);
    assertThat(await(to.open(PARTITION)).highestVersion()).isGreaterThanOrEqualTo(floor);
    assertThat(latest(to, PARTITION)).isEqualTo(latest(from, PARTITION));
  }

  @Test
  default void restoreIntoAStoreThatHoldsSomethingIsRefused() {
    var from = empty();
    var to = empty();
    fill(from);
    await(to.open(OTHER));

    assertThatThrownBy(() -> move(from, to, new NewIncarnation(0)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not empty");
  }

  @Test
  default void restoredResourceIsWrittenOnInItsOrder() {
    var from = empty();
    var to = empty();
    fill(from);
    move(from, to, new NewIncarnation(0));
    long epoch = await(to.open(PARTITION)).epoch();

    assertThat(
            await(
                to.append(
                    List.of(
                        group(updated(PARTITION, epoch, 20, "a", 3)),
                        group(updated(PARTITION, epoch, 21, "a", 4)),
                        group(created(PARTITION, epoch, 22, "c"))))))
        .containsExactly(
            EventStore.Outcome.DUPLICATE, EventStore.Outcome.STORED, EventStore.Outcome.STORED);
  }

  /// Objects go where `number` puts them, which need not be where Troupe would.
  private static Repartition repartition(int partitions, long floor) {
    return new Repartition(
        PODS,
        partitions,
        key -> new PartitionId(PODS, key.name().charAt(0) % partitions),
        new NewIncarnation(floor));
  }

  private static Repartition repartitioned(
      EventStore from, EventStore to, int partitions, long floor) {
    var entries = Collections.synchronizedList(new ArrayList<ArchivedEntry>());
    await(archive(from).copy(entries::add));
    var repartition = repartition(partitions, floor);
    await(archive(to).restore(repartition.adapt(entries.stream()).iterator()));
    return repartition;
  }

  @Test
  default void repartitionLosesNothingHoweverOften() {
    var store = empty();
    fill(store);
    var before = latest(store, PARTITION);
    var others = latest(store, OTHER);
    var history = await(store.history(key(PARTITION, "a"), 10));
    int had = 1;

    for (int partitions : List.of(3, 8, 2)) {
      var next = empty();
      assertThat(repartitioned(store, next, partitions, 0).before()).isEqualTo(had);

      var found = new ArrayList<EventRecord>();
      for (int number = 0; number < partitions; number++) {
        var partition = new PartitionId(PODS, number);
        var here = latest(next, partition);
        assertThat(here)
            .allSatisfy(event -> {
              assertThat(event.partition()).isEqualTo(partition);
              assertThat(event.key().name().charAt(0) % partitions).isEqualTo(partition.number());
            });
        found.addAll(here);
      }
      assertThat(found)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("partition")
          .containsExactlyInAnyOrderElementsOf(before);
      assertThat(await(next.history(key(PARTITION, "a"), 10)))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("partition")
          .isEqualTo(history);
      assertThat(latest(next, OTHER)).isEqualTo(others);
      assertThat(await(next.partitions(PODS, 1))).isEqualTo(partitions);
      store = next;
      had = partitions;
    }
  }

  @Test
  default void resumedWatchAfterRepartitionIsToldToListAgain() {
    var from = empty();
    var to = empty();
    fill(from);
    long floor = Version.atMillis(1_000);

    repartitioned(from, to, 3, floor);

    var tail = await(to.tail(PODS, version(PARTITION, 7), EventStore.Most.of(10)));
    assertThat(tail.events()).isEmpty();
    assertThat(tail.horizon()).isGreaterThanOrEqualTo(floor);
    for (int number = 0; number < 3; number++) {
      assertThat(await(to.open(new PartitionId(PODS, number))).highestVersion())
          .isGreaterThanOrEqualTo(tail.horizon());
    }
    var other = OTHER.collection();
    assertThat(await(to.tail(other, 0, EventStore.Most.of(10))))
        .as("nobody else is")
        .isEqualTo(await(from.tail(other, 0, EventStore.Most.of(10))));
  }

  @Test
  default void eachNewPartitionInheritsWhatHoldsForAll() {
    var from = empty();
    var to = empty();
    fill(from);
    long ceiling = Version.atMillis(5_000);
    var facts =
        Map.of(
            "closed/uid",
            new byte[] {7},
            "owner",
            "there:1#2".getBytes(StandardCharsets.UTF_8),
            "ceiling/2.1",
            ByteBuffer.allocate(Long.BYTES).putLong(ceiling).array());
    await(from.append(List.of(new Group(PARTITION, 2, List.of(), facts))));

    repartitioned(from, to, 3, 0);

    for (int number = 0; number < 3; number++) {
      var opened = await(to.open(new PartitionId(PODS, number)));
      assertThat(opened.epoch()).isGreaterThan(3);
      assertThat(opened.clean()).as("epoch 2 was not closed").isFalse();
      assertThat(opened.highestVersion()).isGreaterThanOrEqualTo(ceiling);
      assertThat(opened.facts()).containsOnlyKeys("closed/uid");
    }
    assertThat(await(to.tail(PODS, ceiling - 1, EventStore.Most.of(1))).horizon())
        .isGreaterThanOrEqualTo(ceiling);
  }

  /// Whoever is acknowledged before the copy is in it; and if an event is in it, so is every one
  /// that was acknowledged before that one was written.
  @Test
  default void copyOfAStoreThatIsWrittenIsThatOfOneMoment() {
    var from = empty();
    await(from.open(PARTITION));
    var answers = new ArrayList<CompletionStage<?>>();
    for (int n = 1; n <= 300; n++) {
      var answer = from.append(List.of(group(created(PARTITION, 1, n, "pod-" + n))));
      answers.add(answer);
      if (n == 100) {
        await(answer);
      }
    }
    var found = new HashMap<Long, EventRecord>();

    await(
        archive(from)
            .copy(entry -> {
              if (entry instanceof Event(var event)) {
                found.put(event.version(), event);
              }
            }));
    answers.forEach(EventStoreContract::await);

    assertThat(found).hasSizeGreaterThanOrEqualTo(100);
    for (int n = 1; n <= found.size(); n++) {
      assertThat(found).containsKey(version(PARTITION, n));
    }
  }

  @Test
  default void whatTheReceiverThrowsFailsTheCopy() {
    var from = empty();
    fill(from);

    assertThatThrownBy(() ->
            await(
                archive(from)
                    .copy(_ -> {
                      throw new StoreException("the disk is full");
                    })))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the disk is full");
    assertThat(latest(from, PARTITION)).isNotEmpty();
  }
}
