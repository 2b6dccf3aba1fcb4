package dev.troupe.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.embedded.files.DiskFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that prunes all the time is killed with -9, again and again, on one directory:
/// `-Dtroupe.kill.cycles=200` for many times.
class PruningKillTest {

  private static final int CYCLES = Integer.getInteger("troupe.kill.cycles", 5);

  /// Many times less than what is written, many times more than what is kept.
  private static final int MOST_SEGMENTS = 20;

  @TempDir private Path directory;
  private final Acknowledged acknowledged = new Acknowledged();

  @Test
  void directoryStaysSmallAndTheDeletedStayDeletedAndNothingAboveTheHorizonIsMissing()
      throws Exception {
    long horizon = 0;
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      runAndKill(cycle);
      assertThat(TestStores.lastSegment(store())).isLessThanOrEqualTo(MOST_SEGMENTS);
      var copy = directory.resolve("copy-" + cycle);
      TestStores.copy(store(), copy);
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

  private void runAndKill(int cycle) throws IOException, InterruptedException {
    var output = directory.resolve("output-" + cycle);
    try (var process = StoreProcess.start(output, PruningAppender.class, store())) {
      process.awaitLines(PruningAppender.PRUNED, 12);
      process.kill();
      acknowledged.add(process.lines());
    }
  }

  private static Found read(Path path) {
    try (var store = TestStores.open(path, KillTest.SETTINGS, new DiskFiles())) {
      return Found.in(store);
    }
  }

  private void check(Found found) {
    assertThat(found.newest()).containsKey(PruningAppender.IDLE);
    assertThat(found.expired()).isEmpty();
    acknowledged.checkNewest(found, PruningAppender.SHORT_LIVED);
    acknowledged.checkEvents(found);
  }
}
