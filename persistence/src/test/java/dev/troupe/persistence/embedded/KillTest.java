package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.embedded.files.DiskFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed with -9 under load, again and again, on one directory:
/// `-Dtroupe.kill.cycles=200` for many times.
class KillTest {

  /// Segments roll and the index is written all the time.
  static final EmbeddedSettings SETTINGS = new EmbeddedSettings(1 << 16, 1 << 13, 1_000, 1 << 17);

  private static final int CYCLES = Integer.getInteger("troupe.kill.cycles", 5);

  @TempDir private Path directory;
  private final Acknowledged acknowledged = new Acknowledged();

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    var random = new Random(42);
    long epoch = 0;
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      runAndKill(cycle, 50 + random.nextInt(400));
      epoch = check(epoch);
    }
  }

  private void runAndKill(int cycle, long millis) throws IOException, InterruptedException {
    var output = directory.resolve("output-" + cycle);
    try (var process = StoreProcess.start(output, Appender.class, store())) {
      process.awaitLines(Acknowledged.STORED, 1);
      Thread.sleep(millis);
      process.kill();
      acknowledged.add(process.lines());
    }
  }

  private Path store() {
    return directory.resolve("store");
  }

  /// @return the epoch
  private long check(long before) {
    try (var store = TestStores.open(store(), SETTINGS, new DiskFiles())) {
      acknowledged.checkNewest(Found.in(store).newest());
      checkOrder(store);
      var opened = await(store.open(PARTITION));
      assertThat(opened.epoch()).isGreaterThan(before);
      return opened.epoch();
    }
  }

  /// Every event of every resource is there, once.
  private static void checkOrder(EmbeddedEventStore store) {
    var sequences = new HashMap<String, Long>();
    for (var event : TestStores.events(store)) {
      assertThat(event.sequence()).isEqualTo(sequences.merge(event.key().name(), 1L, Long::sum));
    }
  }
}
