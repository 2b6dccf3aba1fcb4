package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static dev.troupe.persistence.embedded.TestStores.names;
import static dev.troupe.persistence.embedded.TestStores.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.persistence.embedded.tables.IndexTables;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/// A log whose bytes are not what was written: an unfinished end is dropped, everything else
/// refused with the place.
class DamageTest {

  @TempDir private Path directory;
  private Path original;
  private Path damaged;
  private byte[] log;
  private List<Frame> frames;

  @BeforeEach
  void writeLog() throws IOException {
    original = directory.resolve("original");
    damaged = directory.resolve("damaged");
    try (var store = TestStores.open(original)) {
      await(store.open(PARTITION));
      for (int n = 1; n <= 4; n++) {
        await(store.append(List.of(group(created(PARTITION, 1, n, "pod-" + n)))));
      }
    }
    TestStores.copy(original, damaged);
    log = Files.readAllBytes(segment(original, 1));
    frames = frames(log);
  }

  private static List<Frame> frames(byte[] log) {
    var frames = new ArrayList<Frame>();
    int offset = Segment.HEADER;
    for (Frame frame; (frame = frameAt(log, offset)) != null; offset = frame.end()) {
      frames.add(frame);
    }
    return frames;
  }

  private static @org.jspecify.annotations.Nullable Frame frameAt(byte[] log, int offset) {
    return Frame.read(ByteBuffer.wrap(log), new Frame.Place(1, offset));
  }

  private void damage(byte[] bytes) throws IOException {
    IndexTables.delete(damaged);
    Files.write(segment(damaged, 1), bytes);
  }

  @Test
  void everyGroupIsACommitHere() {
    assertThat(frames).hasSize(5);
  }

  @Test
  void lastGroupCutOffAtAnyByteIsDroppedAndTheRestServed() throws IOException {
    var last = frames.getLast();
    for (int at = last.offset(); at < last.offset() + last.length() - 1; at++) {
      var torn = log.clone();
      Arrays.fill(torn, at, torn.length, (byte) 0);
      damage(torn);
      try (var store = TestStores.open(damaged)) {
        // A cut that takes nothing but zeros takes nothing.
        boolean whole = Arrays.equals(torn, log);
        assertThat(names(store)).hasSize(whole ? 4 : 3).startsWith("pod-1", "pod-2", "pod-3");
      }
    }
  }

  @Test
  void storeGoesOnBehindADroppedGroup() throws IOException {
    var torn = log.clone();
    Arrays.fill(torn, frames.getLast().offset() + 9, frames.getLast().offset() + 60, (byte) 0);
    damage(torn);

    try (var store = TestStores.open(damaged)) {
      assertThat(await(store.open(PARTITION)).epoch()).isEqualTo(2);
      await(store.append(List.of(group(created(PARTITION, 2, 9, "next")))));
    }

    try (var store = TestStores.open(damaged)) {
      assertThat(names(store)).containsExactly("pod-1", "pod-2", "pod-3", "next");
    }
  }

  @Test
  void flippedBitInAnyEarlierGroupIsRefusedWithItsOffset() throws IOException {
    for (var frame : frames.subList(0, frames.size() - 1)) {
      // Every byte of the header, then now and then.
      int header = frame.offset() + Frame.HEADER + Frame.ENTRY_HEADER;
      for (int at = frame.offset();
          at < frame.offset() + frame.length();
          at += at < header ? 1 : 5) {
        var flipped = log.clone();
        flipped[at] ^= (byte) (1 << at % 8);
        damage(flipped);
        assertThatThrownBy(() -> TestStores.open(damaged))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("damaged at offset " + frame.offset());
      }
    }
  }

  @Test
  void earlierGroupOfZerosIsRefused() throws IOException {
    for (var frame : frames.subList(0, frames.size() - 1)) {
      var zeroed = log.clone();
      Arrays.fill(zeroed, frame.offset(), frame.end(), (byte) 0);
      damage(zeroed);
      assertThatThrownBy(() -> TestStores.open(damaged))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("damaged at offset " + frame.offset());
    }
  }

  @Test
  void groupMovedToAnotherPlaceIsNotTakenForOne() throws IOException {
    var copied = log.clone();
    var second = frames.get(1);
    System.arraycopy(
        log, second.offset(), copied, frames.getLast().end(), second.end() - second.offset());
    damage(copied);

    try (var store = TestStores.open(damaged)) {
      assertThat(names(store)).hasSize(4);
    }
  }

  @Test
  void damagedHeaderIsRefused() throws IOException {
    for (int at = 0; at < 28; at++) {
      var flipped = log.clone();
      flipped[at] ^= 1;
      damage(flipped);
      assertThatThrownBy(() -> TestStores.open(damaged)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void fileThatWasCutShortIsRefused() throws IOException {
    damage(Arrays.copyOf(log, log.length - 8));

    assertThatThrownBy(() -> TestStores.open(damaged))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(Segment.fileName(1));
  }

  @Test
  void damageInWhatAStartDoesNotReadIsFoundWhenItIsRead() throws IOException {
    fill(damaged);
    var bytes = Files.readAllBytes(segment(damaged, 1));
    bytes[frames.get(2).offset() + 100] ^= 1;
    Files.write(segment(damaged, 1), bytes);

    try (var store = TestStores.open(damaged, TestStores.TAIL, new DiskFiles())) {
      assertThatThrownBy(() -> names(store))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is damaged at offset");
    }
  }

  @Test
  void lastGroupThatTheIndexHasSeenIsNotTakenForUnfinished() throws IOException {
    TestStores.open(damaged).close();
    var last = frames.getLast();
    var flipped = log.clone();
    flipped[last.offset() + 50] ^= 1;
    Files.write(segment(damaged, 1), flipped);

    assertThatThrownBy(() -> TestStores.open(damaged))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged at offset " + last.offset())
        .hasMessageContaining("was durable");
  }

  @Test
  void damagedIndexIsMadeAgain() throws IOException {
    fill(damaged);
    for (var file : indexFiles()) {
      var bytes = Files.readAllBytes(file);
      Arrays.fill(bytes, bytes.length / 4, bytes.length * 3 / 4, (byte) 0x5a);
      var copy = copyWithIndex("damaged-" + file.getFileName());
      Files.write(copy.resolve(damaged.relativize(file)), bytes);
      assertThat(namesAtLast(copy)).as("after damage in %s", file).hasSize(204);
    }
  }

  @Test
  void indexThatLacksAFileIsMadeAgain() throws IOException {
    fill(damaged);
    for (var file : indexFiles()) {
      var copy = copyWithIndex("without-" + file.getFileName());
      Files.delete(copy.resolve(damaged.relativize(file)));
      assertThat(namesAtLast(copy)).as("without %s", file).hasSize(204);
    }
  }

  /// Those that hold something, of which there is at least one of each kind.
  private List<Path> indexFiles() throws IOException {
    try (var files = Files.list(damaged.resolve(IndexTables.DIRECTORY))) {
      var some = files.filter(file -> file.toFile().length() > 0).sorted().toList();
      assertThat(some.toString()).contains("CURRENT", "MANIFEST", ".sst");
      return some;
    }
  }

  private Path copyWithIndex(String name) throws IOException {
    var copy = directory.resolve(name);
    TestStores.copy(damaged, copy);
    TestStores.copy(damaged.resolve(IndexTables.DIRECTORY), copy.resolve(IndexTables.DIRECTORY));
    return copy;
  }

  /// Damage may be found when the index is opened, or when it is read: then by a restart.
  private static List<String> namesAtLast(Path copy) {
    try (var store = TestStores.open(copy, TestStores.TAIL, new DiskFiles())) {
      return names(store);
    } catch (RuntimeException | AssertionError found) {
      assertThat(found).rootCause().isInstanceOf(RocksDBException.class);
    }
    try (var store = TestStores.open(copy, TestStores.TAIL, new DiskFiles())) {
      return names(store);
    }
  }

  @Test
  void missingSegmentIsRefused() throws IOException {
    fill(original);
    long prepared = TestStores.lastSegment(original);
    for (long missing = 1; missing < prepared; missing++) {
      var copy = directory.resolve("missing-" + missing);
      TestStores.copy(original, copy);
      Files.delete(segment(copy, missing));
      assertThatThrownBy(() -> TestStores.open(copy))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(Segment.fileName(missing));
    }
  }

  /// Makes a log of several segments, with an index of most of it.
  private static void fill(Path directory) {
    try (var store = TestStores.open(directory, TestStores.TAIL, new DiskFiles())) {
      long epoch = await(store.open(PARTITION)).epoch();
      for (int n = 10; n < 210; n++) {
        await(store.append(List.of(group(created(PARTITION, epoch, n, "pod-" + n)))));
      }
    }
  }
}
