package dev.troupe.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// What the disk can do: one write and one sync at a time, over blocks that are there already.
final class BareLoop {

  private static final long FILE_BYTES = 256L << 20;

  /// What an event takes in the log beside its body.
  private static final int OVERHEAD = 150;

  private BareLoop() {}

  /// @param perSync how many values share a sync
  /// @return values per second
  static double perSecond(Path file, double perSync, Duration length) {
    int bytes = (int) (perSync * (Values.BYTES + OVERHEAD));
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long at = channel.size(); at < FILE_BYTES; at += 1 << 20) {
        channel.write(ByteBuffer.allocate(1 << 20), at);
      }
      channel.force(true);
      return syncs(channel, new byte[bytes], length) * perSync;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static double syncs(FileChannel channel, byte[] bytes, Duration length)
      throws IOException {
    long start = System.nanoTime();
    long end = start + length.toNanos();
    long at = 0;
    long syncs = 0;
    while (System.nanoTime() < end) {
      if (at + bytes.length > FILE_BYTES) {
        at = 0;
      }
      channel.write(ByteBuffer.wrap(bytes), at);
      channel.force(false);
      at += bytes.length;
      syncs++;
    }
    return syncs / ((System.nanoTime() - start) / 1e9);
  }
}
