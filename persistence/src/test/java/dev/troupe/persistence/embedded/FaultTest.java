package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;
import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.embedded.TestStores.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that fail, and what is refused.
class FaultTest {

  @TempDir private Path directory;

  @Test
  void failedSyncEndsTheEngineAndIsNotTriedAgain() {
    var ends = new CopyOnWriteArrayList<StoreException>();
    var files = new FaultyFiles();
    var path = directory.resolve("store");
    try (var store =
        EmbeddedEventStore.open(
            path, TestStores.WHOLE, InstantSource.fixed(NOW), ends::add, files)) {
      await(store.open(PARTITION));
      await(append(store, 1));
      files.failSyncs(true);

      assertThatThrownBy(() -> await(append(store, 2))).isInstanceOf(StoreException.class);
      files.failSyncs(false);
      int syncs = files.syncs();
      assertThatThrownBy(() -> await(append(store, 3)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("restart");
      assertThatThrownBy(() -> await(store.open(PARTITION))).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> names(store)).isInstanceOf(StoreException.class);
      assertThat(files.syncs()).isEqualTo(syncs);
    }
    assertThat(ends).hasSize(1);

    try (var store = TestStores.open(path)) {
      assertThat(names(store)).startsWith("pod-1").doesNotContain("pod-3");
    }
  }

  @Test
  void moreThanMayWaitIsDefinitelyRefused() {
    var settings = new EmbeddedSettings(1 << 20, 1 << 12, 3, 1 << 30);
    var queue = new WriterQueue(settings.maxWaiting());
    var answers = new ArrayList<java.util.concurrent.CompletableFuture<List<Outcome>>>();
    for (int n = 1; n <= 4; n++) {
      var answer = new java.util.concurrent.CompletableFuture<List<Outcome>>();
      answers.add(answer);
      queue.add(new WriterTask.Append(List.of(group(created(PARTITION, 1, n, "a"))), answer));
    }

    assertThat(answers.subList(0, 3)).noneMatch(answer -> answer.isDone());
    assertThat(await(answers.get(3))).containsExactly(Outcome.OVERLOADED);
  }

  @Test
  void groupLargerThanASegmentIsRefusedAndTheRestStored() {
    try (var store = TestStores.open(directory.resolve("store"))) {
      await(store.open(PARTITION));
      var large = created(PARTITION, 1, 1, "x".repeat(TestStores.SEGMENT));

      assertThatThrownBy(() -> await(store.append(List.of(group(large)))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("larger than a segment");
      assertThat(await(append(store, 2))).containsExactly(Outcome.STORED);
      assertThat(await(store.tail(PODS, 0, EventStore.Most.of(10))).events()).hasSize(1);
    }
  }

  private static CompletionStage<List<Outcome>> append(EmbeddedEventStore store, int n) {
    return store.append(List.of(group(created(PARTITION, 1, n, "pod-" + n))));
  }
}
