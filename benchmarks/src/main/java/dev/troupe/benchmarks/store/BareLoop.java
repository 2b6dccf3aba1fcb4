package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.load.LoadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// What the disk can do: one write and one sync at a time, behind each other.
///
/// What a file costs is part of an append, but need not be: [Blocks] tells the two apart.
final class BareLoop implements AutoCloseable {

  /// What is written to.
  enum Blocks {
    /// The file grows from nothing in each run, as a log does.
    NEW(4L << 30),

    /// The file was written before anything is measured.
    THERE(256L << 20);

    /// Where the loop begins again, over what it has written: a long run of a fast disk gets there.
    private final long fileBytes;

    Blocks(long fileBytes) {
      this.fileBytes = fileBytes;
    }
  }

  /// What an event takes in the log beside its body.
  private static final int OVERHEAD = 150;

  private final FileChannel channel;
  private final Blocks blocks;

  private BareLoop(FileChannel channel, Blocks blocks) {
    this.channel = channel;
    this.blocks = blocks;
  }

  static BareLoop on(Path file, Blocks blocks) {
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (blocks == Blocks.THERE) {
        fill(channel, blocks.fileBytes);
      }
      return new BareLoop(channel, blocks);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void fill(FileChannel channel, long length) throws IOException {
    for (long at = channel.size(); at < length; at += 1 << 20) {
      channel.write(ByteBuffer.allocate(1 << 20), at);
    }
    channel.force(true);
  }

  /// @param perSync how many values share a sync
  LoadResult run(double perSync, Duration length) {
    var latencies = LoadResult.histogram();
    var bytes = ByteBuffer.allocateDirect((int) (perSync * (Values.BYTES + OVERHEAD)));
    int values = Math.max(1, (int) Math.round(perSync));
    long start = System.nanoTime();
    long before = start;
    long at = 0;
    while (before - start < length.toNanos()) {
      at = at + bytes.capacity() > blocks.fileBytes ? 0 : at;
      writeAndSync(bytes.rewind(), at);
      at += bytes.capacity();
      long now = System.nanoTime();
      latencies.recordValueWithCount(now - before, values);
      before = now;
    }
    emptyIfNew();
    double syncs = latencies.getTotalCount() / (double) values;
    return new LoadResult((before - start) / 1e9, latencies, syncs, 0, 0, Double.NaN);
  }

  private void emptyIfNew() {
    try {
      if (blocks == Blocks.NEW) {
        channel.truncate(0);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void writeAndSync(ByteBuffer bytes, long at) {
    try {
      channel.write(bytes, at);
      channel.force(false);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
