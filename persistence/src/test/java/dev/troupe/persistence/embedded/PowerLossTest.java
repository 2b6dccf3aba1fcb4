package dev.troupe.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Power is lost before any operation on any file, again and again on what the last loss has left:
/// `-Dtroupe.power.seeds=1000` for many histories.
class PowerLossTest {

  private static final int SEEDS = Integer.getInteger("troupe.power.seeds", 15);
  private static final int LOSSES = 4;

  @TempDir private Path directory;

  @Test
  void nothingAcknowledgedIsLost() throws IOException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      var life = new Life(seed);
      var path = directory.resolve("life-" + seed + "-0");
      for (int loss = 1; loss <= LOSSES; loss++) {
        var left = directory.resolve("life-" + seed + "-" + loss);
        life.liveOn(path, left, new FaultyFiles());
        path = left;
      }
      life.liveOn(path, directory.resolve("unused-" + seed), new FaultyFiles());
    }
  }

  @Test
  void storeThatDoesNotSyncWouldBeFound() throws IOException {
    var files = new FaultyFiles();
    var path = directory.resolve("liar");
    // Let it create its files properly.
    TestStores.open(path, TestStores.WHOLE, files).close();
    files.lieAboutSyncs();

    assertThat(isFound(path, files)).isTrue();
  }

  private boolean isFound(Path path, FaultyFiles files) throws IOException {
    var life = new Life(1);
    var left = directory.resolve("left");
    try {
      life.liveOn(path, left, files);
      life.liveOn(left, directory.resolve("unused"), new FaultyFiles());
      return false;
    } catch (StoreException | AssertionError lost) {
      return true;
    }
  }
}
