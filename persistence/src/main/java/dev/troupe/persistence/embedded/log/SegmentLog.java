package dev.troupe.persistence.embedded.log;

import dev.troupe.persistence.embedded.files.FileAccess;
import dev.troupe.persistence.embedded.files.Moment;
import dev.troupe.persistence.embedded.files.StoreDirectory;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.NotStoredException;
import java.io.IOException;
import java.io.SyncFailedException;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The segments and the place where the next frame goes. Written by the writer alone, read by all.
///
/// The segment after the active one is prepared in the background, so that a full disk is noticed
/// before anything is written to the log. While there is none, a part of the active one is kept:
/// see [Purpose].
public final class SegmentLog {

  /// What was refused shorter ago says more than the number of free bytes: there are quotas.
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final StoreDirectory directory;
  private final int segmentBytes;
  private final Executor background;

  /// Never changed: replaced.
  private volatile NavigableMap<Long, Segment> segments;

  private Segment active;
  private FileAccess.StoreFile file;
  private int offset;
  private long sequence;

  /// For whoever counts.
  private volatile long commits;

  private @Nullable CompletableFuture<Segment> next;

  /// The last one, unless there has been room since.
  private volatile @Nullable NoRoom lately;

  /// @param end where the log goes on
  public SegmentLog(
      StoreDirectory directory,
      int segmentBytes,
      Executor background,
      Iterable<Segment> existing,
      LogEnd end)
      throws IOException {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.background = background;
    segments = new TreeMap<>();
    existing.forEach(segment -> segments.put(segment.number(), segment));
    active = end.segment();
    file = directory.open(active.path());
    offset = end.offset();
    sequence = end.nextSequence();
    commits = sequence - 1;
    var prepared = segments.get(active.number() + 1);
    next = prepared == null ? prepare() : CompletableFuture.completedFuture(prepared);
  }

  private CompletableFuture<Segment> prepare() {
    long number = active.number() + 1;
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Segment.create(directory, number, segmentBytes);
          } catch (IOException failure) {
            throw new CompletionException(failure);
          }
        },
        background);
  }

  /// How long a frame may be to go behind the last one.
  public int room(Purpose purpose) {
    int room = active.size() - offset;
    return hasNext() ? room : room - purpose.kept(active.size());
  }

  private boolean hasNext() {
    return next != null && next.isDone() && !next.isCompletedExceptionally();
  }

  /// How long a frame may be to fit into an empty segment.
  public int maxFrame() {
    return segmentBytes - Segment.HEADER;
  }

  public Frame.Place place() {
    return new Frame.Place(active.number(), offset);
  }

  public long commits() {
    return commits;
  }

  /// The sequence of the next frame.
  public long sequence() {
    return sequence;
  }

  /// Waits until the next segment is there.
  ///
  /// @throws NotStoredException if there is none, because the disk is full; the log is as it was
  /// @throws SyncFailedException if nobody knows whether it is durable
  public void requireNext() throws SyncFailedException {
    if (next == null && directory.usable() < segmentBytes) {
      throw noRoom("the disk is full");
    }
    try {
      preparing().join();
    } catch (CompletionException failure) {
      // Tried again when the room is needed again.
      next = null;
      var cause = Failures.cause(failure);
      if (cause instanceof SyncFailedException unknown) {
        throw unknown;
      }
      throw noRoom(cause.toString());
    }
    lately = null;
  }

  private CompletableFuture<Segment> preparing() {
    var preparing = next == null ? prepare() : next;
    next = preparing;
    return preparing;
  }

  private NotStoredException noRoom(String why) {
    var words =
        "no room for the next segment of the event store in "
            + directory.path()
            + ", free some space: "
            + why;
    lately = new NoRoom(words, System.nanoTime());
    return new NotStoredException(Outcome.NO_ROOM, words);
  }

  /// Why nothing can be stored. Empty again when there is room, though nobody has tried since.
  public Optional<String> trouble() {
    var last = lately;
    return last != null
            && (directory.usable() < segmentBytes
                || System.nanoTime() - last.nanos() < FRESH.toNanos())
        ? Optional.of(last.why())
        : Optional.empty();
  }

  private record NoRoom(String why, long nanos) {}

  /// Goes on in the next segment, which is there.
  public void roll() throws IOException {
    var prepared = preparing().join();
    directory.reached(Moment.ROLL);
    file.close();
    active = prepared;
    var more = new TreeMap<>(segments);
    more.put(active.number(), active);
    segments = more;
    file = directory.open(active.path());
    offset = Segment.HEADER;
    next = prepare();
    directory.reached(Moment.ROLLED);
  }

  /// Writes a frame and makes it durable. An exception leaves the log in an unknown state: it must
  /// not be used any more.
  public void commit(FrameBuffer frame) throws IOException {
    var bytes = frame.seal(place(), sequence);
    int length = bytes.remaining();
    directory.reached(Moment.APPEND);
    file.write(bytes, offset);
    directory.reached(Moment.WRITTEN);
    file.sync();
    directory.reached(Moment.SYNCED);
    offset += length;
    sequence++;
    commits = sequence - 1;
  }

  /// See [FileAccess#reached].
  public void reached(Moment moment) {
    directory.reached(moment);
  }

  /// The segments of now. They can be read even if they are removed later.
  public NavigableMap<Long, Segment> segments() {
    return segments;
  }

  public long firstSegment() {
    return segments.firstKey();
  }

  public long activeSegment() {
    return active.number();
  }

  /// Removes the segments below `first`, in order, so that no gap can be left behind.
  public void trim(long first) throws IOException {
    var needless = segments.headMap(first).values();
    segments = new TreeMap<>(segments.tailMap(first));
    for (var segment : needless) {
      directory.delete(segment.path());
      directory.reached(Moment.PRUNE_DELETED);
    }
  }

  /// Whatever has been read of the log is not needed in memory.
  public void release() {
    segments.values().forEach(Segment::release);
  }

  public void close() throws IOException {
    file.close();
  }
}
