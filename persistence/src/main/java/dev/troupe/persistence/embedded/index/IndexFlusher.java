package dev.troupe.persistence.embedded.index;

import dev.troupe.persistence.embedded.files.Moment;
import dev.troupe.persistence.embedded.files.StoreDirectory;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.tables.IndexTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what is recent in an index to its tables, in a thread of its own, so that a start reads a
/// bounded part of the log. The log waits if it is too far ahead.
public final class IndexFlusher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFlusher.class);

  /// One that is being written, and one that is collected until it is twice as long: with some
  /// room, together what a start may have to read.
  private static final int PARTS = 4;

  /// Bounds a part as well, as each is in memory.
  private static final int MOST_EVENTS = 1 << 16;

  private static final int MOST_LAYERS = 8;

  /// From so many events on a part is written although it could grow, when little is added.
  private static final int WORTH_WRITING = 2_048;

  /// As many groups of events as this a minute are leases and heartbeats, and nothing else.
  private static final int LITTLE = 512;

  private final StoreDirectory directory;
  private final IndexTables tables;
  private final LayeredIndex index;
  private final long partBytes;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("store-index").factory());

  /// Oldest first; more than one if writing has failed. Nothing is added while some is written.
  private final Deque<LayeredIndex.Frozen> waiting = new ArrayDeque<>();

  private CompletableFuture<?> running = CompletableFuture.completedFuture(true);
  private Frame.@Nullable Place lastFrame;
  private long lastSequence;

  /// What it was when this was to come to rest last.
  private long sequenceBefore;

  private volatile @Nullable Reflected reflected;

  /// @param replayBytes what a start may read of the log
  public IndexFlusher(
      StoreDirectory directory, IndexTables tables, LayeredIndex index, long replayBytes) {
    this.directory = directory;
    this.tables = tables;
    this.index = index;
    partBytes = Math.max(1, replayBytes / PARTS);
    var value = tables.get(IndexKeys.reflected());
    reflected = value == null ? null : Reflected.decode(value);
  }

  /// How far the tables have followed the log; null if they are empty.
  public @Nullable Reflected reflected() {
    return reflected;
  }

  /// Called by the writer when a frame is in the index.
  ///
  /// @throws UncheckedIOException if the tables could not be written for too long
  public void follow(Frame.Place frame, long sequence, int length, PartitionLedger ledger) {
    var recent = index.recent();
    recent.follow(length);
    lastFrame = frame;
    lastSequence = sequence;
    if (isLonger(recent, 1) && (running.isDone() || isLonger(recent, 2))) {
      flush(ledger);
    }
  }

  private boolean isLonger(RecentEvents recent, int parts) {
    return recent.bytes() > parts * partBytes || recent.size() > parts * MOST_EVENTS;
  }

  private void flush(PartitionLedger ledger) {
    running.join();
    var frame = lastFrame;
    if (frame == null) {
      return;
    }
    if (index.layers() > MOST_LAYERS) {
      throw new UncheckedIOException(
          new IOException(
              "the index in " + directory.path() + " could not be written for too long"));
    }
    waiting.add(
        index.freeze(
            new Reflected(
                frame.segment(),
                frame.offset(),
                lastSequence,
                index.firstNeeded(),
                ledger.states())));
    lastFrame = null;
    running = CompletableFuture.runAsync(this::write, thread);
  }

  /// Writes what is recent if little has been added since this was called last: whoever has nothing
  /// to do holds it in memory no longer, and a start need not read it. Not while earlier parts
  /// could not be written: of those there may be few. For the writer, now and then.
  public void rest(PartitionLedger ledger) {
    long added = lastSequence - sequenceBefore;
    sequenceBefore = lastSequence;
    if (added <= LITTLE
        && index.recent().size() >= WORTH_WRITING
        && running.isDone()
        && waiting.isEmpty()) {
      flush(ledger);
    }
  }

  /// Sees to it that a start reads nothing of the segments below one, if that is possible. For the
  /// writer.
  public void reach(long segment, PartitionLedger ledger) {
    var reached = reflected;
    if (reached == null || reached.segment() < segment) {
      flush(ledger);
      running.join();
    }
  }

  /// What fails stays, and is written with the next part.
  private void write() {
    try {
      while (!waiting.isEmpty()) {
        var frozen = waiting.getFirst();
        var rows = frozen.rows(tables).sorted();
        directory.reached(Moment.INDEX_FLUSH);
        tables.apply(rows);
        directory.reached(Moment.INDEX_FLUSHED);
        index.drop(frozen);
        waiting.removeFirst();
        reflected = frozen.reflected();
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn(
          "the index in {} could not be written, trying again later: {}",
          directory.path(),
          failure.toString());
    }
  }

  /// Writes what is left. Nobody may read or write any more.
  public void close(PartitionLedger ledger) {
    if (index.layers() <= MOST_LAYERS) {
      flush(ledger);
    }
    close();
  }

  /// Stops without writing.
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(1, TimeUnit.MINUTES)) {
        tables.close();
      } else {
        LOG.warn("the index in {} is still being written", directory.path());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
