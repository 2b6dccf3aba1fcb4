package dev.troupe.persistence.embedded;

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
/// @param checkpointed the segment from which on the log was read
/// @param leftovers what an unfinished write has left behind the end
record Recovered(
    List<Segment> segments,
    LogEnd end,
    PartitionLedger ledger,
    MemoryIndex index,
    long checkpointed,
    List<LogScan.Leftover> leftovers) {

  private static final Logger LOG = LoggerFactory.getLogger(Recovered.class);
  private static final int CHUNK = 1 << 20;

  /// @throws StoreException if the log is damaged
  static Recovered from(DataDirectory directory, EmbeddedSettings settings) throws IOException {
    var segments = segments(directory, settings.segmentBytes());
    long bytes = segments.stream().mapToLong(Segment::size).sum();
    var checkpoint = bytes > settings.replayBytes() ? Checkpoint.read(directory) : null;
    var recovered =
        checkpoint != null && checkpoint.fits(segments)
            ? replay(segments, checkpoint)
            : replay(segments, null);
    recovered.clearEnd(directory);
    return recovered;
  }

  private static List<Segment> segments(DataDirectory directory, int size) throws IOException {
    var segments = new ArrayList<Segment>();
    for (var file : directory.named(Segment.ENDING)) {
      var segment = Segment.open(directory, file);
      if (!segments.isEmpty() && segments.getLast().number() + 1 != segment.number()) {
        throw new StoreException(
            directory.path()
                + " is damaged: "
                + Segment.fileName(segments.getLast().number() + 1)
                + " is missing; restore the directory from a backup");
      }
      segments.add(segment);
    }
    if (segments.isEmpty()) {
      segments.add(Segment.create(directory, 1, size));
    }
    return segments;
  }

  private static Recovered replay(List<Segment> segments, @Nullable Checkpoint checkpoint) {
    var first = segments.getFirst();
    var ledger = new PartitionLedger();
    var index = checkpoint == null ? new MemoryIndex() : new MemoryIndex(checkpoint.collections());
    var replay = new Replay(ledger, index);
    LogScan scan;
    long needed;
    long from;
    if (checkpoint == null) {
      from = first.number();
      needed = 1;
      scan = new LogScan(segments, Segment.HEADER, from == 1 ? 1 : 0);
    } else {
      from = checkpoint.segment();
      needed = checkpoint.firstSegment();
      checkpoint.partitions().forEach(ledger::set);
      var rest = segments.stream().filter(segment -> segment.number() >= from).toList();
      scan = new LogScan(rest, checkpoint.offset(), checkpoint.nextSequence());
    }
    var end = scan.visit(replay);
    if (first.number() > Math.max(needed, replay.trimmed())) {
      throw new StoreException(
          first.path().getParent()
              + " is damaged: "
              + Segment.fileName(first.number() - 1)
              + " is missing; restore the directory from a backup");
    }
    return new Recovered(segments, end, ledger, index, from, scan.leftovers());
  }

  /// Fills with zeros what an unfinished write has left, so that it can never be mistaken for a
  /// frame.
  private void clearEnd(DataDirectory directory) throws IOException {
    for (var leftover : leftovers) {
      clear(directory, leftover);
    }
  }

  private static void clear(DataDirectory directory, LogScan.Leftover leftover) throws IOException {
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
