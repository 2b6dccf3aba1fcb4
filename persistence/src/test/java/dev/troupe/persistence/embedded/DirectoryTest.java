package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.embedded.TestStores.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose directory it is, and that what was stored is there the next time.
class DirectoryTest {

  @TempDir private Path directory;

  @Test
  void closedStoreMayBeClosedAgain() {
    var store = TestStores.open(directory);
    store.close();
    store.close();

    TestStores.open(directory).close();
  }

  @Test
  void everythingIsThereAfterARestart() {
    try (var store = TestStores.open(directory)) {
      await(store.partitions(PODS, 4));
      await(store.open(PARTITION));
      await(
          store.append(
              List.of(
                  new Group(
                      PARTITION,
                      1,
                      List.of(created(PARTITION, 1, 1, "a")),
                      Map.of("ceiling", new byte[] {7})))));
    }

    try (var store = TestStores.open(directory)) {
      var opened = await(store.open(PARTITION));
      assertThat(opened.epoch()).isEqualTo(2);
      assertThat(opened.clean()).isFalse();
      assertThat(opened.facts()).containsOnlyKeys("ceiling");
      assertThat(opened.highestVersion()).isEqualTo(created(PARTITION, 1, 1, "a").version());
      assertThat(names(store)).containsExactly("a");
      assertThat(await(store.partitions(PODS, 5))).isEqualTo(4);
    }
  }

  @Test
  void oldEpochIsFencedAfterARestart() {
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      await(store.close(PARTITION, 1, true));
    }

    try (var store = TestStores.open(directory)) {
      assertThat(await(store.append(List.of(group(created(PARTITION, 1, 1, "a"))))))
          .containsExactly(dev.troupe.runtime.store.EventStore.Outcome.FENCED);
      assertThat(await(store.open(PARTITION)).clean()).isTrue();
    }
  }

  @Test
  void partitionThatNobodyServedIsAsUncleanAfterARestart() {
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      await(store.open(PARTITION));
      await(store.close(PARTITION, 2, false));
    }

    try (var store = TestStores.open(directory)) {
      assertThat(await(store.open(PARTITION)).clean()).isFalse();
    }
  }

  @Test
  void directoryInUseIsRefused() {
    try (var _ = TestStores.open(directory)) {
      assertThatThrownBy(() -> TestStores.open(directory))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use");
    }
    TestStores.open(directory).close();
  }

  @Test
  void directoryOfSomebodyElseIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(directory.resolve("thesis.tex"), "x");

    assertThatThrownBy(() -> TestStores.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("thesis.tex");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void fileInsteadOfADirectoryIsRefused() throws IOException {
    var file = Files.writeString(directory.resolve("file"), "x");

    assertThatThrownBy(() -> TestStores.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a directory");
  }

  @Test
  void newerFormatIsRefused() throws IOException {
    TestStores.open(directory).close();
    Files.writeString(directory.resolve("FORMAT"), "troupe event store, format 2\n");

    assertThatThrownBy(() -> TestStores.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Troupe");
  }

  @Test
  void unfinishedFilesAreRemoved() throws IOException {
    TestStores.open(directory).close();
    var unfinished = Files.writeString(directory.resolve(Segment.fileName(9) + ".tmp"), "x");

    TestStores.open(directory).close();

    assertThat(unfinished).doesNotExist();
  }
}
