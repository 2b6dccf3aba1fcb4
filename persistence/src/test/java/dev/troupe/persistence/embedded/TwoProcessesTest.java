package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that want the same directory: one has it until it is dead, and nothing of a dead one
/// is stored behind its successor's back.
class TwoProcessesTest {

  private static final String IN_USE = "is in use by another running Troupe";

  @TempDir private Path directory;
  private final Acknowledged acknowledged = new Acknowledged();
  private long epoch;
  private int processes;

  @Test
  void secondIsRefusedAtOnceUntilTheFirstIsDead() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (var first = start()) {
        first.awaitLines(Acknowledged.STORED, 100);
        isRefused();
        first.freeze();
        int before = first.lines(Acknowledged.STORED).size();
        isRefused();
        first.thaw();
        first.awaitLines(Acknowledged.STORED, before + 100);
        first.freeze();
        first.kill();
        isSucceeded(first);
      }
    }
    try (var store = TestStores.open(store(), KillTest.SETTINGS, new DiskFiles())) {
      acknowledged.checkNewest(Found.in(store).newest());
    }
  }

  private Path store() {
    return directory.resolve("store");
  }

  private StoreProcess start() throws IOException {
    return StoreProcess.start(directory.resolve("output-" + ++processes), Appender.class, store());
  }

  private void isRefused() throws IOException, InterruptedException {
    try (var second = start()) {
      assertThat(second.awaitEnd()).isEqualTo(1);
      assertThat(second.lines()).anySatisfy(line -> assertThat(line).contains(IN_USE));
      assertThat(second.lines(Acknowledged.OPENED)).isEmpty();
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> TestStores.open(store()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(IN_USE)
                .hasMessageContaining("stop it, or name another directory"));
  }

  /// The dead one's epoch is over, and all that it had is known when the next begins.
  private void isSucceeded(StoreProcess dead) throws IOException {
    var opened = dead.opened();
    assertThat(opened.epoch()).isGreaterThan(epoch);
    acknowledged.add(dead.lines());
    try (var store = TestStores.open(store(), KillTest.SETTINGS, new DiskFiles())) {
      var next = await(store.open(PARTITION));
      assertThat(next.epoch()).isEqualTo(opened.epoch() + 1);
      assertThat(next.clean()).isFalse();
      for (var event : TestStores.events(store)) {
        assertThat(event.epoch()).isLessThanOrEqualTo(opened.epoch());
        assertThat(event.version() <= opened.highestVersion())
            .isEqualTo(event.epoch() < opened.epoch());
        assertThat(event.version()).isLessThanOrEqualTo(next.highestVersion());
      }
      epoch = next.epoch();
    }
  }
}
