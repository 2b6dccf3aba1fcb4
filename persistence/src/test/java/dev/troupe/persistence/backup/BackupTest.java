package dev.troupe.persistence.backup;

import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.runtime.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a backup consists of, and that nothing of a damaged one is taken for good.
class BackupTest {

  private static final List<ArchivedEntry> ENTRIES =
      List.of(
          new Event(created(PARTITION, 1, 1, "a")),
          new Event(created(PARTITION, 1, 2, "b")),
          new PartitionState(PARTITION, 1, true, false, 7, Map.of()),
          new CollectionState(PARTITION.collection(), 1, 3));

  private static byte[] backup() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = new BackupWriter(bytes);
    for (var entry : ENTRIES) {
      writer.write(entry);
    }
    writer.finish();
    return bytes.toByteArray();
  }

  private static List<ArchivedEntry> read(byte[] bytes) throws IOException {
    var entries = new ArrayList<ArchivedEntry>();
    new BackupReader(new ByteArrayInputStream(bytes), "backup").forEachRemaining(entries::add);
    return entries;
  }

  @Test
  void entriesAreReadAsTheyWereWritten() throws IOException {
    assertThat(read(backup())).usingRecursiveComparison().isEqualTo(ENTRIES);
  }

  @Test
  void backupCutOffAnywhereIsRefused() throws IOException {
    var bytes = backup();
    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("backup");
    }
  }

  @Test
  void flippedBitIsRefused() throws IOException {
    var bytes = backup();
    for (int at = 0; at < bytes.length; at++) {
      var flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      assertThatThrownBy(() -> read(flipped)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void somethingBehindTheEndIsRefused() throws IOException {
    var bytes = backup();

    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("behind the end");
  }

  @Test
  void newerFormatIsRefusedAsSuch() throws IOException {
    var bytes = backup();
    bytes[11] = 2;

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Troupe");
  }
}
