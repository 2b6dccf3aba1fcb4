package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.contract.Events.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bit anywhere in a log of several segments is not what was written: the store says so, with
/// the file and the offset, when it is opened or when the place is read. Never does it answer with
/// something else. `-Dtroupe.flips=100000` for many places.
@Tag("thorough")
class BitFlipTest {

  private static final int FLIPS = Integer.getInteger("troupe.flips", 300);
  private static final int SEGMENTS = 5;

  @TempDir private Path directory;
  private WrittenLog log;
  private Found original;

  @BeforeEach
  void writeLog() throws IOException {
    try (var store = TestStores.open(directory, TestStores.TAIL, new DiskFiles())) {
      await(store.open(PARTITION));
      for (int n = 1; !isLong(WrittenLog.of(directory)); n++) {
        await(
            store.append(
                List.of(
                    group(
                        created(PARTITION, 1, 2L * n, "pod-" + n),
                        updated(PARTITION, 1, 2L * n + 1, "busy", n)))));
      }
      original = Found.in(store);
    }
    log = WrittenLog.of(directory);
  }

  private static boolean isLong(WrittenLog log) {
    return log.segments().size() >= SEGMENTS
        && log.last().number() == SEGMENTS
        && log.last().frames().size() >= 10;
  }

  @Test
  void logThatIsReadWholeIsRefused() throws IOException {
    flipAll(TestStores.WHOLE);
  }

  @Test
  void logThatIsReadFromItsIndexIsRefusedOrItsEvents() throws IOException {
    flipAll(TestStores.TAIL);
  }

  private void flipAll(EmbeddedSettings settings) throws IOException {
    var random = new Random(3);
    int found = 0;
    for (int i = 0; i < FLIPS; i++) {
      var segment = log.segments().get(i % SEGMENTS);
      int at = random.nextInt(used(segment));
      var flipped = segment.content().clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      log.write(segment, flipped);
      found += check(segment, at, settings) ? 1 : 0;
      log.write(segment, segment.content());
    }
    assertThat(found).isGreaterThan(FLIPS * 3 / 4);
  }

  /// The last group cannot be told from one that was never finished.
  private int used(WrittenLog.Bytes segment) {
    return segment.number() == log.last().number()
        ? log.lastFrame().offset()
        : segment.frames().getLast().end();
  }

  /// @return whether it was found; if not, nothing that matters was there
  private boolean check(WrittenLog.Bytes segment, int at, EmbeddedSettings settings) {
    try (var store = TestStores.open(directory, settings, new DiskFiles())) {
      assertThat(Found.in(store)).as("%d:%d", segment.number(), at).isEqualTo(original);
      if (settings.equals(TestStores.WHOLE)) {
        assertThat(frameAt(segment, at)).as("%d:%d", segment.number(), at).isNull();
      }
      return false;
    } catch (StoreException refused) {
      var frame = frameAt(segment, at);
      assertThat(refused).hasMessageContaining(Segment.fileName(segment.number()));
      if (settings.equals(TestStores.WHOLE) && frame != null) {
        assertThat(refused).hasMessageContaining("damaged at offset " + frame.offset());
      }
      return true;
    }
  }

  private static @Nullable Frame frameAt(WrittenLog.Bytes segment, int at) {
    return segment.frames().stream()
        .filter(frame -> at >= frame.offset() && at < frame.offset() + frame.length())
        .findFirst()
        .orElse(null);
  }
}
