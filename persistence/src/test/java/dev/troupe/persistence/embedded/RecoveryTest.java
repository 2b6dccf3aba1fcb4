package dev.troupe.persistence.embedded;

import dev.troupe.persistence.contract.RandomHistory;
import dev.troupe.persistence.embedded.files.DiskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random histories with starts in between, after a stop or as a kill leaves the directory: the
/// state that a start takes from the index and the end of the log is that of the whole log, and
/// both are what a store in memory says that went through the same.
class RecoveryTest {

  private static final int SEEDS = Integer.getInteger("troupe.recovery.seeds", 6);
  private static final int LIVES = 8;

  @TempDir private Path parent;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void latestStateIsThatOfAFullReplay(long seed) throws IOException {
    var random = new Random(seed);
    var directory = parent.resolve("first");
    var store = TestStores.open(directory, TestStores.TAIL, new DiskFiles());
    var history = new RandomHistory(random, store);
    for (int life = 1; life <= LIVES; life++) {
      history.steps(1 + random.nextInt(150));
      var left = parent.resolve("left-" + life);
      leave(store, directory, left, random.nextBoolean());
      var log = parent.resolve("log-" + life);
      TestStores.copy(left, log);
      everything(left, TestStores.TAIL).checkIsLike(everything(log, TestStores.WHOLE));
      directory = random.nextBoolean() ? left : log;
      store = TestStores.open(directory, TestStores.TAIL, new DiskFiles());
      history.goOnWith(store);
      history.compare();
      history.openAll();
    }
    store.close();
  }

  /// @param killed whether the directory is what a kill leaves now, or a stop
  private static void leave(EmbeddedEventStore store, Path directory, Path left, boolean killed)
      throws IOException {
    if (killed) {
      copy(directory, left);
      store.close();
    } else {
      store.close();
      copy(directory, left);
    }
  }

  /// With the index, which is perhaps being written.
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.toList()) {
        var copy = to.resolve(file.getFileName());
        try {
          if (Files.isDirectory(file)) {
            copy(file, copy);
          } else {
            Files.copy(file, copy);
          }
        } catch (NoSuchFileException renamed) {
          // Was not finished yet when the process was killed.
        }
      }
    }
  }

  private static Everything everything(Path directory, EmbeddedSettings settings) {
    try (var store = TestStores.open(directory, settings, new DiskFiles())) {
      return Everything.in(store);
    }
  }
}
