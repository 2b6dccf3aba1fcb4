package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.files.StoreDirectory;
import dev.troupe.persistence.embedded.index.IndexFlusher;
import dev.troupe.persistence.embedded.index.IndexKeys;
import dev.troupe.persistence.embedded.index.LayeredIndex;
import dev.troupe.persistence.embedded.index.PartitionLedger;
import dev.troupe.persistence.embedded.index.Reflected;
import dev.troupe.persistence.embedded.index.Replay;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.LogEnd;
import dev.troupe.persistence.embedded.log.LogScan;
import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.persistence.embedded.tables.IndexTables;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a start finds in a directory: the segments, what they fold to, and where to go on.
///
/// @param flusher has the tables of the index, and is to be closed
/// @param leftovers what an unfinished write has left behind the end
record Recovered(
    List<Segment> segments,
    LogEnd end,
    PartitionLedger ledger,
    LayeredIndex index,
    IndexFlusher flusher,
    List<LogScan.Leftover> leftovers) {

  private static final Logger LOG = LoggerFactory.getLogger(Recovered.class);
  private static final int CHUNK = 1 << 20;

  /// @throws StoreException if the log is damaged
  static Recovered from(StoreDirectory directory, EmbeddedSettings settings) throws IOException {
    var segments = segments(directory, settings.segmentBytes());
    var tables = IndexTables.open(directory.path());
    try {
      if (!isUseful(tables, segments.getFirst().number())) {
        tables.close();
        LOG.warn("making the index in {} again from the log", directory.path());
        IndexTables.delete(directory.path());
        tables = IndexTables.open(directory.path());
      }
      return from(directory, segments, tables, settings);
    } catch (IOException | RuntimeException failure) {
      tables.close();
      throw failure;
    }
  }

  private static Recovered from(
      StoreDirectory directory,
      List<Segment> segments,
      IndexTables tables,
      EmbeddedSettings settings)
      throws IOException {
    var index = new LayeredIndex(tables);
    var flusher = new IndexFlusher(directory, tables, index, settings.replayBytes());
    try {
      var recovered = replay(segments, index, flusher, settings.replayBytes());
      recovered.clearEnd(directory);
      return recovered;
    } catch (IOException | RuntimeException failure) {
      flusher.close();
      throw failure;
    }
  }

  /// Whether the log goes on where the tables end, or they are empty.
  private static boolean isUseful(IndexTables tables, long firstSegment) {
    var value = tables.get(IndexKeys.reflected());
    if (value == null) {
      return true;
    }
    var reflected = Reflected.decode(value);
    return reflected != null && reflected.segment() >= firstSegment;
  }

  private static List<Segment> segments(StoreDirectory directory, int size) throws IOException {
    var segments = new ArrayList<Segment>();
    for (var file : directory.named(Segment.ENDING)) {
      var segment = Segment.open(directory, file);
      if (!segments.isEmpty() && segments.getLast().number() + 1 != segment.number()) {
        throw isMissing(segments.getLast().path(), segments.getLast().number() + 1);
      }
      segments.add(segment);
    }
    if (segments.isEmpty()) {
      segments.add(Segment.create(directory, 1, size));
    }
    return segments;
  }

  private static StoreException isMissing(java.nio.file.Path sibling, long segment) {
    return new StoreException(
        sibling.getParent()
            + " is damaged: "
            + Segment.fileName(segment)
            + " is missing; restore the directory from a backup");
  }

  private static Recovered replay(
      List<Segment> segments, LayeredIndex index, IndexFlusher flusher, long replayBytes) {
    var ledger = new PartitionLedger();
    var reflected = flusher.reflected();
    long done = 0;
    if (reflected != null) {
      done = reflected.sequence();
      reflected.partitions().forEach(ledger::set);
      index.trimmed(reflected.firstNeeded());
    }
    var scan = scan(segments, reflected, replayBytes);
    var end = scan.visit(new Rest(done, new Replay(ledger, index), flusher, ledger));
    if (end.nextSequence() <= done) {
      throw new StoreException(
          end.segment().path()
              + " is damaged at offset "
              + end.offset()
              + ": commit "
              + end.nextSequence()
              + " is not whole, but was durable; restore the directory from a backup");
    }
    var first = segments.getFirst();
    if (first.number() > index.firstNeeded()) {
      throw isMissing(first.path(), first.number() - 1);
    }
    return new Recovered(segments, end, ledger, index, flusher, scan.leftovers());
  }

  /// All that is not in the tables; and whatever else of a log that is short, to find damage early.
  private static LogScan scan(
      List<Segment> segments, @Nullable Reflected reflected, long replayBytes) {
    long bytes = segments.stream().mapToLong(Segment::size).sum();
    if (reflected == null || bytes <= replayBytes) {
      return new LogScan(segments, Segment.HEADER, segments.getFirst().number() == 1 ? 1 : 0);
    }
    var rest = segments.stream().filter(some -> some.number() >= reflected.segment()).toList();
    if (rest.isEmpty()) {
      throw isMissing(segments.getLast().path(), reflected.segment());
    }
    return new LogScan(rest, reflected.offset(), reflected.sequence());
  }

  /// Replays what is behind a frame.
  private record Rest(long done, Replay replay, IndexFlusher flusher, PartitionLedger ledger)
      implements LogScan.FrameVisitor {

    @Override
    public void visit(Segment segment, Frame frame) {
      if (frame.sequence() > done) {
        replay.visit(segment, frame);
        var place = new Frame.Place(segment.number(), frame.offset());
        flusher.follow(place, frame.sequence(), frame.length(), ledger);
      }
    }
  }

  /// Fills with zeros what an unfinished write has left, so that it can never be mistaken for a
  /// frame.
  private void clearEnd(StoreDirectory directory) throws IOException {
    for (var leftover : leftovers) {
      clear(directory, leftover);
    }
  }

  private static void clear(StoreDirectory directory, LogScan.Leftover leftover)
      throws IOException {
    int length = leftover.to() - leftover.from();
    LOG.warn(
        "{}: dropping a commit at offset {} that was never finished, {} bytes",
        leftover.segment().path(),
        leftover.from(),
        length);
    try (var file = directory.open(leftover.segment().path())) {
      for (int at = 0; at < length; at += CHUNK) {
        file.write(ByteBuffer.allocate(Math.min(CHUNK, length - at)), leftover.from() + at);
      }
      file.sync();
    }
  }
}
