package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.files.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that appends and prunes dies at each [Moment] in turn, at its `n`th time, on one
/// directory: `-Dtroupe.kill.cycles=200` for many times.
@Tag("thorough")
class MomentKillTest {

  private static final Moment[] MOMENTS = Moment.values();
  private static final int CYCLES =
      Math.max(2 * MOMENTS.length, Integer.getInteger("troupe.kill.cycles", 20));
  private static final int SIGKILLED = 128 + 9;

  @TempDir private Path directory;
  private final Random random = new Random(7);
  private final Acknowledged acknowledged = new Acknowledged();
  private long epoch;

  @Test
  void whateverAMomentLeavesBehindIsServedByTheNextStart() throws Exception {
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      var moment = MOMENTS[cycle % MOMENTS.length];
      dieAt(moment, times(moment, cycle / MOMENTS.length), cycle);
      var copy = directory.resolve("copy-" + cycle);
      TestStores.copy(store(), copy);
      var served = check(store(), KillTest.SETTINGS);
      assertThat(served).as("after death at %s", moment).isEqualTo(check(copy, TestStores.WHOLE));
    }
    assertThat(acknowledged.count()).isGreaterThan(10 * CYCLES);
  }

  /// The first time of every moment is among the first to be tried.
  private int times(Moment moment, int round) {
    return switch (moment) {
      case APPEND, WRITTEN, SYNCED -> 1 + round * random.nextInt(200);
      default -> 1 + round * random.nextInt(3);
    };
  }

  private Path store() {
    return directory.resolve("store");
  }

  private void dieAt(Moment moment, int times, int cycle) throws IOException, InterruptedException {
    var output = directory.resolve("output-" + cycle);
    try (var process = StoreProcess.start(output, PruningAppender.class, store(), moment, times)) {
      assertThat(process.awaitEnd())
          .as("%s, said %s", moment, process.lines())
          .isEqualTo(SIGKILLED);
      assertThat(process.lines(Death.DYING)).containsExactly(Death.DYING + moment);
      acknowledged.add(process.lines());
      for (var opened : process.lines(Acknowledged.OPENED)) {
        isNewer(Acknowledged.opened(opened).epoch());
      }
    }
  }

  private Everything check(Path path, EmbeddedSettings settings) {
    try (var store = TestStores.open(path, settings, new DiskFiles())) {
      var found = Found.in(store);
      var everything = Everything.in(store);
      acknowledged.checkNewest(found, PruningAppender.SHORT_LIVED);
      acknowledged.checkEvents(found);
      if (path.equals(store())) {
        isNewer(await(store.open(PARTITION)).epoch());
      }
      return everything;
    }
  }

  private void isNewer(long opened) {
    assertThat(opened).isGreaterThan(epoch);
    epoch = opened;
  }
}
