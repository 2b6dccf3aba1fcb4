package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.updated;
import static dev.troupe.persistence.embedded.TestStores.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A full disk refuses events, definitely, and nothing else: what is stored can be read, by whoever
/// comes next, and room be made.
class FullDiskTest {

  private static final long ROOM = 3L * TestStores.SEGMENT + 100;
  private static final Retention SHORT =
      new Retention(new Rule(Duration.ofMinutes(1), 2), Map.of());

  @TempDir private Path directory;
  private final FaultyFiles files = new FaultyFiles(ROOM);
  private final List<String> stored = new ArrayList<>();
  private int next;

  @Test
  void eventsAreRefusedAndEpochsGoOnAndEverythingIsRead() {
    var path = directory.resolve("store");
    try (var store = TestStores.open(path, TestStores.WHOLE, files)) {
      await(store.open(PARTITION));
      fill(store, 1);

      assertThat(append(store, 1)).isEqualTo(Outcome.NO_ROOM);
      assertThat(names(store)).isEqualTo(stored);
      for (int epoch = 2; epoch < 10; epoch++) {
        assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(epoch);
        assertThat(append(store, epoch - 1)).isEqualTo(Outcome.FENCED);
        assertThat(append(store, epoch)).isEqualTo(Outcome.NO_ROOM);
      }
      await(store.close(PARTITION, 9, true));
    }

    try (var store = TestStores.open(path, TestStores.WHOLE, files)) {
      assertThat(names(store)).isEqualTo(stored);
      var opened = await(store.open(PARTITION));
      assertThat(opened.epoch()).isEqualTo(10);
      assertThat(opened.clean()).isTrue();
    }
  }

  @Test
  void whatIsDefinitelyRefusedIsStoredNeverAndTheRestOfTheCallIs() {
    try (var store = TestStores.open(directory, TestStores.WHOLE, files)) {
      await(store.open(PARTITION));
      await(store.open(OTHER));
      fill(store, 1);
      var facts = new Group(OTHER, 1, List.of(), Map.of("ceiling", new byte[] {7}));

      var outcomes =
          await(
              store.append(
                  List.of(
                      group(created(PARTITION, 1, ++next, "refused")),
                      facts,
                      group(created(OTHER, 9, ++next, "fenced")))));

      assertThat(outcomes).containsExactly(Outcome.NO_ROOM, Outcome.STORED, Outcome.FENCED);
      files.free(2L * TestStores.SEGMENT);
      assertThat(append(store, 1)).isEqualTo(Outcome.STORED);
      assertThat(names(store)).doesNotContain("refused");
      assertThat(await(store.open(OTHER)).facts()).containsOnlyKeys("ceiling");
    }
  }

  /// Promises to readers can be made for a while, but not at the expense of epochs.
  @Test
  void factsUseUpNoMoreThanTheirPart() {
    try (var store = TestStores.open(directory, TestStores.WHOLE, files)) {
      await(store.open(PARTITION));
      fill(store, 1);
      var facts = new Group(PARTITION, 1, List.of(), Map.of("ceiling", new byte[8]));
      var outcome = Outcome.STORED;
      int count = 0;
      for (; outcome == Outcome.STORED; count++) {
        outcome = await(store.append(List.of(facts))).getFirst();
      }

      assertThat(outcome).isEqualTo(Outcome.NO_ROOM);
      assertThat(count).isGreaterThan(10);
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(2);
    }
  }

  @Test
  void storeGoesOnWhenThereIsRoomAgain() {
    try (var store = TestStores.open(directory, TestStores.WHOLE, files)) {
      await(store.open(PARTITION));
      assertThat(store.trouble()).isEmpty();
      fill(store, 1);
      int syncs = files.syncs();
      assertThat(append(store, 1)).isEqualTo(Outcome.NO_ROOM);
      assertThat(files.syncs()).isEqualTo(syncs);
      assertThat(store.trouble().orElseThrow()).contains("no room", "free some space");

      files.free(2L * TestStores.SEGMENT);

      assertThat(append(store, 1)).isEqualTo(Outcome.STORED);
      assertThat(store.trouble()).isEmpty();
      assertThat(names(store)).isEqualTo(stored);
    }
  }

  @Test
  void pruningMakesRoom() {
    try (var store = TestStores.open(directory, TestStores.WHOLE, files)) {
      await(store.open(PARTITION));
      append(store, 1);
      int sequence = 1;
      while (update(store, sequence) == Outcome.STORED) {
        sequence++;
      }

      await(store.prune(SHORT));

      assertThat(TestStores.segment(directory, 1)).doesNotExist();
      assertThat(update(store, sequence)).isEqualTo(Outcome.STORED);
      assertThat(Found.in(store).newest()).containsOnlyKeys("pod-1", "busy");
    }
    try (var store = TestStores.open(directory)) {
      assertThat(Found.in(store).newest()).containsOnlyKeys("pod-1", "busy");
    }
  }

  private Outcome update(EmbeddedEventStore store, int sequence) {
    var event = updated(PARTITION, 1, ++next, "busy", sequence);
    return await(store.append(List.of(group(event)))).getFirst();
  }

  @Test
  void failedSyncOfTheNextSegmentEndsTheEngine() {
    var ends = new CopyOnWriteArrayList<StoreException>();
    var broken = new FaultyFiles();
    try (var store =
        EmbeddedEventStore.open(
            directory, TestStores.WHOLE, InstantSource.fixed(NOW), ends::add, broken)) {
      await(store.open(PARTITION));
      broken.failSyncsOf(Segment.fileName(3));

      assertThatThrownBy(() -> fill(store, 1))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("restart when the cause is gone");
      assertThatThrownBy(() -> await(store.open(PARTITION))).isInstanceOf(StoreException.class);
    }
    assertThat(ends).hasSize(1);
    try (var store = TestStores.open(directory)) {
      assertThat(names(store)).isEqualTo(stored);
    }
  }

  @Test
  void storeOnARealFullDiskRefusesAndGoesOn() throws IOException, InterruptedException {
    try (var disk = Tmpfs.mount(directory.resolve("disk"), 16 * TestStores.SEGMENT)) {
      var path = disk.path().resolve("store");
      try (var store = TestStores.open(path)) {
        await(store.open(PARTITION));
        append(store, 1);
        var ballast = disk.fill();
        fill(store, 1);

        assertThat(append(store, 1)).isEqualTo(Outcome.NO_ROOM);
        assertThat(names(store)).isEqualTo(stored);
        assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(2);
        Files.delete(ballast);
        assertThat(append(store, 2)).isEqualTo(Outcome.STORED);
        disk.fill();
        fill(store, 2);
      }
      try (var store = TestStores.open(path)) {
        assertThat(names(store)).isEqualTo(stored);
        assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(3);
        assertThat(append(store, 3)).isEqualTo(Outcome.NO_ROOM);
        assertThat(await(store.tail(PODS, 0, EventStore.Most.of(1))).events()).hasSize(1);
      }
    }
  }

  /// Appends until there is no room.
  private void fill(EmbeddedEventStore store, long epoch) {
    var outcome = Outcome.STORED;
    while (outcome == Outcome.STORED) {
      assertThat(next).as("the disk is never full").isLessThan(5_000);
      outcome = append(store, epoch);
    }
    assertThat(outcome).isEqualTo(Outcome.NO_ROOM);
  }

  private Outcome append(EmbeddedEventStore store, long epoch) {
    var name = "pod-" + ++next;
    var outcome =
        await(store.append(List.of(group(created(PARTITION, epoch, next, name))))).getFirst();
    if (outcome == Outcome.STORED) {
      stored.add(name);
    }
    return outcome;
  }
}
