package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.key;
import static dev.troupe.persistence.contract.Events.updated;
import static dev.troupe.persistence.embedded.TestStores.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pruning gives room back, and what is needed of old segments survives them.
class RetentionTest {

  private static final Retention SHORT =
      new Retention(new Rule(Duration.ofMinutes(1), 2), Map.of());

  @TempDir private Path directory;

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
    var scanned = new ArrayList<EventRecord>();
    await(store.scan(PARTITION, Long.MAX_VALUE, scanned::add));
    assertThat(scanned)
        .containsExactlyInAnyOrder(
            created(PARTITION, 1, 1, "idle"), updated(PARTITION, 1, 499, "busy", 499));
    assertThat(await(store.history(key(PARTITION, "busy"), 10))).hasSize(2);
    assertThat(await(store.tail(PODS, 0, 10)).horizon()).isPositive();
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
      var seen = new ArrayList<EventRecord>();
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
