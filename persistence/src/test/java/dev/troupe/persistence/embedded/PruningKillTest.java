package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that prunes all the time is killed with -9, again and again, on one directory:
/// `-Dtroupe.kill.cycles=200` for many times.
class PruningKillTest {

  private static final int CYCLES = Integer.getInteger("troupe.kill.cycles", 5);

  /// Many times less than what is written, many times more than what is kept.
  private static final int MOST_SEGMENTS = 20;

  @TempDir private Path directory;
  private final Map<String, String> acknowledged = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final TreeSet<Long> versions = new TreeSet<>();

  @Test
  void directoryStaysSmallAndTheDeletedStayDeletedAndNothingAboveTheHorizonIsMissing()
      throws Exception {
    long horizon = 0;
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      var output = directory.resolve("acknowledged-" + cycle);
      runAndKill(output);
      collect(output);
      assertThat(TestStores.lastSegment(store())).isLessThanOrEqualTo(MOST_SEGMENTS);
      var copy = directory.resolve("copy-" + cycle);
      TestStores.copy(store(), copy);
      Files.deleteIfExists(copy.resolve(Checkpoint.FILE));
      var whole = read(copy);
      assertThat(whole).isEqualTo(read(store()));
      assertThat(whole.horizon()).isGreaterThan(horizon);
      horizon = whole.horizon();
      check(whole);
    }
    assertThat(TestStores.segment(store(), 1)).doesNotExist();
  }

  private Path store() {
    return directory.resolve("store");
  }

  private void runAndKill(Path output) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PruningAppender.class.getName(),
                store().toString())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      while (pruned(output) < 12) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(20);
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static long pruned(Path output) throws IOException {
    return Files.readString(output, UTF_8).lines().filter(l -> l.startsWith("pruned ")).count();
  }

  private void collect(Path output) throws IOException {
    var text = Files.readString(output, UTF_8);
    // The last line may be cut off.
    for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      var words = List.of(line.split(" ", 4));
      if (words.getLast().equals("PRUNED")) {
        continue;
      }
      acknowledged.put(words.getFirst(), words.get(2));
      versions.add(Long.valueOf(words.get(2)));
      if (words.getLast().equals("DELETED")) {
        deleted.add(words.getFirst());
      }
    }
  }

  /// @param newest of all resources, tombstones included, by name
  /// @param events above the horizon
  private record Found(
      long horizon,
      Map<String, EventRecord> newest,
      List<EventRecord> events,
      List<EventRecord> expired,
      Map<String, List<EventRecord>> histories) {}

  private static Found read(Path path) {
    try (var store = TestStores.open(path, KillTest.SETTINGS, new DiskFiles())) {
      var newest = new HashMap<String, EventRecord>();
      await(store.scan(PARTITION, Long.MAX_VALUE, event -> newest.put(event.key().name(), event)));
      var histories = new HashMap<String, List<EventRecord>>();
      newest.forEach((name, event) ->
          histories.put(name, await(store.history(event.key(), Integer.MAX_VALUE))));
      var expired = await(store.tail(PODS, 0, Integer.MAX_VALUE));
      var tail = await(store.tail(PODS, expired.horizon(), Integer.MAX_VALUE));
      return new Found(expired.horizon(), newest, tail.events(), expired.events(), histories);
    }
  }

  private void check(Found found) {
    assertThat(found.newest()).containsKey(PruningAppender.IDLE);
    assertThat(found.expired()).isEmpty();
    for (var name : deleted) {
      var event = found.newest().get(name);
      assertThat(event == null || event.type() == EventRecord.Type.DELETED).as(name).isTrue();
    }
    acknowledged.forEach((name, version) -> {
      var event = found.newest().get(name);
      if (event != null) {
        assertThat(event.version()).as(name).isGreaterThanOrEqualTo(Long.parseLong(version));
      } else {
        assertThat(name).startsWith(PruningAppender.SHORT_LIVED);
        assertThat(Long.parseLong(version)).as(name).isLessThanOrEqualTo(found.horizon());
      }
    });
    var above = new ArrayList<>(versions.tailSet(found.horizon(), false));
    assertThat(found.events()).extracting(EventRecord::version).containsAll(above);
  }
}
