package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two owners fight over a partition while another one is written.
class FenceTest {

  private static final int APPENDS = 2_000;

  @TempDir private Path directory;

  @Test
  void nothingOfAnOldEpochIsStoredBehindOpenAndOtherPartitionsGoOn() throws Exception {
    var settings = new EmbeddedSettings(1 << 20, 1 << 16, 100_000, 1 << 30);
    try (var store = TestStores.open(directory, settings, new DiskFiles());
        var threads = Executors.newFixedThreadPool(3)) {
      await(store.open(PARTITION));
      await(store.open(OTHER));

      Future<List<Outcome>> old = threads.submit(() -> append(store, PARTITION));
      Future<List<Outcome>> other = threads.submit(() -> append(store, OTHER));
      Future<Opened> opened =
          threads.submit(() -> {
            while (stored(store, PARTITION) < 100) {
              Thread.onSpinWait();
            }
            return await(store.open(PARTITION));
          });

      checkFenced(store, old.get(), opened.get());
      assertThat(other.get()).hasSize(APPENDS).containsOnly(Outcome.STORED);
    }
  }

  private static void checkFenced(EmbeddedEventStore store, List<Outcome> old, Opened opened)
      throws InterruptedException, ExecutionException {
    long acknowledged = old.stream().filter(Outcome.STORED::equals).count();
    assertThat(opened.epoch()).isEqualTo(2);
    assertThat(old).startsWith(Outcome.STORED).endsWith(Outcome.FENCED);
    assertThat(stored(store, PARTITION)).isEqualTo(acknowledged);
    assertThat(opened.highestVersion())
        .isEqualTo(created(PARTITION, 1, acknowledged, "x").version());
  }

  private static List<Outcome> append(EmbeddedEventStore store, PartitionId partition) {
    var answers = new ArrayList<CompletionStage<List<Outcome>>>();
    for (int n = 1; n <= APPENDS; n++) {
      answers.add(store.append(List.of(group(created(partition, 1, n, "pod-" + n)))));
      if (n % 50 == 0) {
        await(answers.getLast());
      }
    }
    return answers.stream().map(answer -> await(answer).getFirst()).toList();
  }

  private static long stored(EmbeddedEventStore store, PartitionId partition) {
    var seen = new ArrayList<EventRecord>();
    return await(store.scan(partition, Long.MAX_VALUE, seen::add));
  }
}
