package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.embedded.TestStores.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.tables.IndexTables;
import dev.troupe.runtime.store.EventRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of the last group, which was never synced, any sectors are there and the others are not: it is
/// dropped, unless all of it is there, and the log goes on in its place.
class TornGroupTest {

  private static final int EVENTS = 15;

  @TempDir private Path directory;

  /// @param segment where the last group is: behind others, or the first one of the second segment
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyMixOfSectorsIsTheGroupOrNothing(long segment) throws IOException {
    var log = write(segment);
    var frame = log.lastFrame();
    int first = frame.offset() / Inode.SECTOR;
    int sectors = (frame.offset() + frame.length() - 1) / Inode.SECTOR - first + 1;
    assertThat(sectors).isBetween(5, 9);
    for (int mix = 0; mix < 1 << sectors; mix++) {
      // It has not seen the last group: that is not written before the group is durable.
      IndexTables.delete(directory);
      var whole = log.last().content();
      var torn = torn(whole, frame, first, mix);
      log.write(log.last(), torn);
      check(Arrays.equals(torn, whole), log);
    }
  }

  private WrittenLog write(long segment) throws IOException {
    try (var store = TestStores.open(directory)) {
      await(store.open(PARTITION));
      for (int n = 1; ; n++) {
        await(store.append(List.of(group(events(n)))));
        var log = WrittenLog.of(directory);
        if (log.last().number() == segment && n > 2) {
          return log;
        }
      }
    }
  }

  private static EventRecord[] events(int n) {
    return IntStream.range(0, EVENTS)
        .mapToObj(i -> created(PARTITION, 1, n * EVENTS + i, "pod-" + n + "-" + i))
        .toArray(EventRecord[]::new);
  }

  /// @param mix has a bit for each sector of the frame: whether it has been written
  private static byte[] torn(byte[] whole, Frame frame, int first, int mix) {
    var torn = whole.clone();
    for (int at = frame.offset(); at < frame.end(); at++) {
      int sector = at / Inode.SECTOR - first;
      if (((mix >> sector) & 1) == 0) {
        torn[at] = 0;
      }
    }
    return torn;
  }

  private void check(boolean isWhole, WrittenLog log) throws IOException {
    int groups = log.segments().stream().mapToInt(segment -> segment.frames().size()).sum() - 1;
    try (var store = TestStores.open(directory)) {
      assertThat(names(store)).hasSize((isWhole ? groups : groups - 1) * EVENTS);
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(2);
    }
    try (var store = TestStores.open(directory)) {
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(3);
    }
    for (var segment : log.segments()) {
      log.write(segment, segment.content());
    }
  }
}
