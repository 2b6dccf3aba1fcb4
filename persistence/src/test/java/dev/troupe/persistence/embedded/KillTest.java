package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed with -9 under load, again and again, on one directory:
/// `-Dtroupe.kill.cycles=200` for many times.
class KillTest {

  /// Segments roll and checkpoints are written all the time.
  static final EmbeddedSettings SETTINGS = new EmbeddedSettings(1 << 16, 1 << 13, 1_000, 1 << 18);

  private static final int CYCLES = Integer.getInteger("troupe.kill.cycles", 5);

  @TempDir private Path directory;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    var random = new Random(42);
    var acknowledged = new HashMap<String, Long>();
    long epochs = 0;
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      var output = directory.resolve("acknowledged-" + cycle);
      runAndKill(output, 50 + random.nextInt(400));
      collect(output, acknowledged);
      epochs = check(acknowledged, epochs);
    }
  }

  private void runAndKill(Path output, long millis) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Appender.class.getName(),
                store().toString())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      while (Files.size(output) == 0) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(5);
      }
      Thread.sleep(millis);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private Path store() {
    return directory.resolve("store");
  }

  private static void collect(Path output, Map<String, Long> acknowledged) throws IOException {
    var text = Files.readString(output, UTF_8);
    // The last line may be cut off.
    for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      var words = List.of(line.split(" ", 2));
      acknowledged.merge(words.getFirst(), Long.valueOf(words.getLast()), Math::max);
    }
  }

  /// @return the epoch
  private long check(Map<String, Long> acknowledged, long before) {
    try (var store = TestStores.open(store(), SETTINGS, new DiskFiles())) {
      var stored = new HashMap<String, Long>();
      await(
          store.scan(
              PARTITION,
              Long.MAX_VALUE,
              (EventRecord event) -> stored.put(event.key().name(), event.sequence())));
      acknowledged.forEach((name, sequence) ->
          assertThat(stored.getOrDefault(name, 0L)).as(name).isGreaterThanOrEqualTo(sequence));
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
