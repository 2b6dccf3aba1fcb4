package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.embedded.TestStores.names;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store is opened for ever, whichever Troupe has written it: the file is never changed.
class GoldenLogTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/segment.1");

  @TempDir private Path directory;

  @BeforeEach
  void copy() throws IOException {
    Files.writeString(directory.resolve("FORMAT"), "troupe event store, format 1\n");
    Files.copy(GOLDEN, TestStores.segment(directory, 1));
  }

  @Test
  void partitionsOfTheFormatBeforeGoOn() {
    try (var store = TestStores.open(directory)) {
      var left = await(store.open(PARTITION));
      assertThat(left.epoch()).isEqualTo(2);
      assertThat(left.clean()).isFalse();
      assertThat(left.highestVersion()).isEqualTo(created(PARTITION, 1, 1, "a").version());
      var closed = await(store.open(OTHER));
      assertThat(closed.epoch()).isEqualTo(2);
      assertThat(closed.clean()).isTrue();
      assertThat(closed.facts()).containsOnlyKeys("ceiling");
      assertThat(names(store)).containsExactly("a");
    }
  }
}
