package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.contract.Appends;
import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two owners fight over a partition while another one is written.
class FenceTest {

  @TempDir private Path directory;

  @Test
  void nothingOfAnOldEpochIsStoredBehindOpenAndOtherPartitionsGoOn() throws Exception {
    var settings = new EmbeddedSettings(1 << 20, 1 << 16, 100_000, 1 << 30);
    try (var store = TestStores.open(directory, settings, new DiskFiles());
        var threads = Executors.newFixedThreadPool(2)) {
      await(store.open(PARTITION));
      await(store.open(OTHER));

      var over = new AtomicBoolean();
      Future<List<Outcome>> old =
          threads.submit(
              () -> Appends.until(store, PARTITION, 1, answer -> answer == Outcome.FENCED));
      Future<List<Outcome>> other =
          threads.submit(() -> Appends.until(store, OTHER, 1, _ -> over.get()));
      Appends.awaitStored(store, PARTITION, 100);
      var opened = await(store.open(PARTITION));
      over.set(true);

      checkFenced(store, old.get(), opened);
      assertThat(other.get()).containsOnly(Outcome.STORED);
    }
  }

  private static void checkFenced(EmbeddedEventStore store, List<Outcome> old, Opened opened) {
    long acknowledged = old.stream().filter(Outcome.STORED::equals).count();
    assertThat(opened.epoch()).isEqualTo(2);
    assertThat(old).startsWith(Outcome.STORED).endsWith(Outcome.FENCED);
    assertThat(Appends.stored(store, PARTITION)).isEqualTo(acknowledged);
    assertThat(opened.highestVersion())
        .isEqualTo(created(PARTITION, 1, acknowledged, "x").version());
  }
}
