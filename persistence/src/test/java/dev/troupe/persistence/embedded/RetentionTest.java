package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.deleted;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.key;
import static dev.troupe.persistence.contract.Events.updated;
import static dev.troupe.persistence.embedded.TestStores.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.files.Moment;
import dev.troupe.persistence.embedded.index.IndexKeys;
import dev.troupe.persistence.embedded.tables.IndexTables;
import dev.troupe.persistence.embedded.tables.RowChange;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.PartitionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Pruning gives room back, and what is needed of old segments survives them.
class RetentionTest {

  private static final Retention SHORT =
      new Retention(new Rule(Duration.ofMinutes(1), 2), Map.of());

  private static final Retention EVERYTHING =
      new Retention(new Rule(Duration.ofDays(1_000), 1), Map.of());

  @TempDir private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatHasBeenReadOfTheLogStaysInMemoryNoLonger() throws IOException {
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      for (int n = 1; n < 2_000; n++) {
        await(store.append(List.of(group(created(PARTITION, 1, n, "object-" + n)))));
      }
      assertThat(await(store.tail(PODS, 0, EventStore.Most.of(5_000))).events()).hasSize(1_999);
      long read = residentKilobytes();

      await(store.prune(SHORT));

      assertThat(residentKilobytes()).isLessThan(read / 4);
      assertThat(await(store.tail(PODS, 0, EventStore.Most.of(5_000))).events()).hasSize(1_999);
    }
  }

  /// How much of the log is mapped into this process and there.
  private long residentKilobytes() throws IOException {
    boolean log = false;
    long kilobytes = 0;
    for (var line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      var words = line.split(" +");
      if (words[0].contains("-")) {
        log = line.contains(directory.toString()) && line.endsWith(".log");
      } else if (log && words[0].equals("Rss:")) {
        kilobytes += Long.parseLong(words[1]);
      }
    }
    return kilobytes;
  }

  @Test
  void segmentsWithoutNeededEventsAreRemovedAndTheRestSurvivesRestarts() {
    try (var store = TestStores.open(directory)) {
      await(store.partitions(PODS, 3));
      await(store.open(PARTITION));
      await(
          store.append(
              List.of(
                  new Group(
                      PARTITION,
                      1,
                      List.of(created(PARTITION, 1, 1, "idle")),
                      Map.of("ceiling", new byte[] {9})))));
      for (int n = 2; n < 500; n++) {
        await(store.append(List.of(group(updated(PARTITION, 1, n, "busy", n)))));
      }
      await(store.prune(SHORT));

      assertThat(segment(directory, 1)).doesNotExist();
      check(store);
    }
    for (int restart = 0; restart < 2; restart++) {
      try (var store = TestStores.open(directory)) {
        check(store);
        assertThat(await(store.partitions(PODS, 3))).isEqualTo(3);
        assertThat(await(store.open(PARTITION)).facts()).containsOnlyKeys("ceiling");
      }
    }
  }

  private static void check(EmbeddedEventStore store) {
    var scanned = new ConcurrentLinkedQueue<EventRecord>();
    await(store.scan(PARTITION, Long.MAX_VALUE, scanned::add));
    assertThat(scanned)
        .containsExactlyInAnyOrder(
            created(PARTITION, 1, 1, "idle"), updated(PARTITION, 1, 499, "busy", 499));
    assertThat(await(store.history(key(PARTITION, "busy"), 10))).hasSize(2);
    assertThat(await(store.tail(PODS, 0, EventStore.Most.of(10))).horizon()).isPositive();
  }

  @Test
  void segmentThatWasNeededGoesWhenItIsNeededNoLonger() {
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      long n = 1;
      while (!Files.exists(segment(directory, 3))) {
        await(store.append(List.of(group(created(PARTITION, 1, n, "object-" + n++)))));
      }
      for (int times = 0; times < 2; times++) {
        await(store.prune(SHORT));
        assertThat(segment(directory, 1)).exists();
      }
      long objects = n;
      for (long object = 1; object < objects; object++) {
        await(store.append(List.of(group(deleted(PARTITION, 1, n++, "object-" + object, 2)))));
      }

      await(store.prune(SHORT));

      assertThat(segment(directory, 1)).doesNotExist();
    }
  }

  @Test
  void deletedResourceStaysGoneWhenItsTombstoneIsRemovedBeforeItsHistory() {
    var keepsPods =
        new Retention(
            SHORT.standard(), Map.of(PODS, new Rule(Duration.ofDays(2), Integer.MAX_VALUE)));
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      await(store.open(OTHER));
      long n = 1;
      await(store.append(List.of(group(created(PARTITION, 1, n++, "gone")))));
      while (!Files.exists(segment(directory, 3))) {
        await(store.append(List.of(group(updated(OTHER, 1, n, "busy", n++)))));
      }
      await(store.append(List.of(group(deleted(PARTITION, 1, n++, "gone", 2)))));
      var fillers = new ArrayList<String>();
      while (!Files.exists(segment(directory, 4))) {
        fillers.add("filler-" + n);
        await(store.append(List.of(group(large(created(PARTITION, 1, n++, fillers.getLast()))))));
      }
      // Writes the creation again, behind the tombstone.
      await(store.prune(keepsPods));
      assertThat(segment(directory, 1)).doesNotExist();

      while (!Files.exists(segment(directory, 5))) {
        await(store.append(List.of(group(large(created(PARTITION, 1, n, "live-" + n++))))));
      }
      for (var filler : fillers) {
        await(store.append(List.of(group(deleted(PARTITION, 1, n++, filler, 2)))));
      }
      // Removes the tombstone with its segment; that of the creation is still needed.
      await(store.prune(SHORT));
      assertThat(segment(directory, 2)).doesNotExist();
      assertThat(segment(directory, 3)).exists();
      assertThat(TestStores.names(store)).doesNotContain("gone");
    }
    try (var store = TestStores.open(directory)) {
      assertThat(TestStores.names(store)).doesNotContain("gone");
      var scanned = new ConcurrentLinkedQueue<EventRecord>();
      await(store.scan(PARTITION, Long.MAX_VALUE, scanned::add));
      assertThat(scanned).extracting(event -> event.key().name()).doesNotContain("gone");
    }
  }

  @Test
  void indexThatEndsBeforeTheLogBeginsIsMadeAgain() throws IOException {
    var index = directory.resolve(IndexTables.DIRECTORY);
    var old = directory.resolveSibling(directory.getFileName() + "-index");
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      await(store.append(List.of(group(created(PARTITION, 1, 1, "idle")))));
      await(store.append(List.of(group(created(PARTITION, 1, 2, "gone")))));
    }
    TestStores.copy(index, old);
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      await(store.append(List.of(group(deleted(PARTITION, 2, 3, "gone", 2)))));
      long n = 4;
      // The first time names what is removed, the second removes that place of the log.
      for (int times = 0; times < 2; times++) {
        for (int last = (int) n + 500; n < last; n++) {
          await(store.append(List.of(group(updated(PARTITION, 2, n, "busy", n)))));
        }
        await(store.prune(SHORT));
      }
      assertThat(segment(directory, 15)).doesNotExist();
    }
    IndexTables.delete(directory);
    TestStores.copy(old, index);

    try (var store = TestStores.open(directory)) {
      var scanned = new ConcurrentLinkedQueue<EventRecord>();
      await(store.scan(PARTITION, Long.MAX_VALUE, scanned::add));
      assertThat(scanned)
          .extracting(event -> event.key().name())
          .containsExactlyInAnyOrder("idle", "busy");
      assertThat(await(store.history(key(PARTITION, "busy"), 10))).hasSize(2);
    }
  }

  @Test
  void indexOfAnotherFormatIsMadeAgain() throws IOException {
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      await(store.append(List.of(group(created(PARTITION, 1, 1, "pod")))));
    }
    try (var tables = IndexTables.open(directory)) {
      tables.apply(List.of(new RowChange.Put(IndexKeys.reflected(), new byte[] {0, 0, 0, 99})));
    }

    try (var store = TestStores.open(directory)) {
      assertThat(TestStores.names(store)).containsExactly("pod");
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(2);
    }
  }

  @Test
  void indexIsWrittenWhenLittleIsAdded() throws InterruptedException {
    var written = new CountDownLatch(1);
    var files =
        new MomentFiles(moment -> {
          if (moment == Moment.INDEX_FLUSHED) {
            written.countDown();
          }
        });
    try (var store = TestStores.open(directory, TestStores.WHOLE, files)) {
      await(store.open(PARTITION));
      for (int n = 1; n <= 3_000; n++) {
        await(store.append(List.of(group(created(PARTITION, 1, n, "object-" + n)))));
      }
      await(store.prune(EVERYTHING));
      assertThat(written.getCount()).isEqualTo(1);

      await(store.append(List.of(group(created(PARTITION, 1, 3_001, "object-3001")))));
      await(store.prune(EVERYTHING));

      assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(TestStores.events(store)).hasSize(3_001);
    }
  }

  @Test
  void anyNumberOfCollectionsCanBePruned() {
    try (var store = TestStores.open(directory)) {
      for (int n = 1; n <= 100; n++) {
        var partition = new PartitionId(new TypeRef("example.com", "things" + n), 0);
        await(store.open(partition));
        await(store.append(List.of(group(created(partition, 1, 1, "thing")))));
        await(store.prune(SHORT));
      }
    }
  }

  private static EventRecord large(EventRecord event) {
    return new EventRecord(
        event.partition(),
        event.epoch(),
        event.version(),
        event.previousVersion(),
        event.sequence(),
        event.type(),
        event.key(),
        event.uid(),
        new byte[1_000],
        event.previousLabels(),
        event.previousFields(),
        event.cause(),
        event.mutationKey(),
        event.timeMillis());
  }

  @Test
  void segmentsThatAreStillNeededStay() {
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      for (int n = 1; n < 300; n++) {
        await(store.append(List.of(group(created(PARTITION, 1, n, "pod-" + n)))));
      }
      await(store.prune(SHORT));

      assertThat(segment(directory, 1)).exists();
      assertThat(TestStores.events(store)).hasSize(299);
    }
  }

  @Test
  void readThatIsUnderWayIsNotDisturbed() {
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      for (int n = 1; n < 300; n++) {
        await(store.append(List.of(group(updated(PARTITION, 1, n, "busy-" + n % 5, n)))));
      }
      var seen = new ConcurrentLinkedQueue<EventRecord>();
      var scan =
          store.scan(
              PARTITION,
              Long.MAX_VALUE,
              event -> {
                if (seen.isEmpty()) {
                  await(store.prune(SHORT));
                }
                seen.add(event);
              });

      assertThat(await(scan)).isEqualTo(5);
      assertThat(seen).hasSize(5);
    }
  }
}
