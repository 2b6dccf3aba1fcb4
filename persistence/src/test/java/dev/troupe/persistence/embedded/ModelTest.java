package dev.troupe.persistence.embedded;

import dev.troupe.persistence.contract.RandomHistory;
import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.tables.IndexTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random histories: the log with its index says the same as a store in memory, before and after
/// restarts with its index or without.
@SuppressWarnings("NullAway.Init")
class ModelTest {

  @TempDir private Path parent;
  private Path directory;
  private EmbeddedEventStore store;
  private Random random;
  private int copies;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void logSaysWhatTheModelSays(long seed) throws IOException {
    random = new Random(seed);
    directory = parent.resolve("store");
    store = TestStores.open(directory, TestStores.TAIL, new DiskFiles());
    var history = new RandomHistory(random, store);
    for (int round = 0; round < 6; round++) {
      history.steps(60);
      history.compare();
      restart();
      history.goOnWith(store);
      history.compare();
    }
    store.close();
  }

  private void restart() throws IOException {
    store.close();
    var whole = wholeLog();
    if (random.nextBoolean()) {
      IndexTables.delete(directory);
    }
    store =
        TestStores.open(
            directory, random.nextBoolean() ? TestStores.TAIL : TestStores.WHOLE, new DiskFiles());
    Everything.in(store).checkIsLike(whole);
  }

  /// What the log alone says.
  private Everything wholeLog() throws IOException {
    var copy = directory.resolveSibling(directory.getFileName() + "-" + ++copies);
    TestStores.copy(directory, copy);
    try (var alone = TestStores.open(copy, TestStores.WHOLE, new DiskFiles())) {
      return Everything.in(alone);
    }
  }
}
