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
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
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
