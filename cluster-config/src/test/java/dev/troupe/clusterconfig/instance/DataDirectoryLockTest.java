package dev.troupe.clusterconfig.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One holder at a time.
class DataDirectoryLockTest {

  @TempDir Path data;

  @Test
  void secondHolderIsTurnedAway() {
    try (var first = DataDirectoryLock.acquire(data).orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(DataDirectoryLock.acquire(data)).isEmpty();
    }
  }

  @Test
  void releasedDirectoryIsFree() {
    DataDirectoryLock.acquire(data).orElseThrow().close();

    try (var again = DataDirectoryLock.acquire(data).orElseThrow()) {
      assertThat(again).isNotNull();
    }
  }
}
