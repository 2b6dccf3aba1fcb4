package dev.troupe.clusterconfig.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What is appended to a log from a moment on, line by line.
public final class LogFollower {

  private static final int MOST_BYTES = 1 << 16;

  private final Path log;
  private long position;

  private LogFollower(Path log, long position) {
    this.log = log;
    this.position = position;
  }

  /// Of what is appended from now on.
  public static LogFollower from(Path log) {
    return new LogFollower(log, log.toFile().length());
  }

  /// The whole lines that have come since the last call, as far as they are short; the next call
  /// brings the rest. Of a log that was emptied meanwhile, what is there now.
  public String more() {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      if (file.length() < position) {
        position = 0;
      }
      byte[] bytes = new byte[(int) Math.min(MOST_BYTES, file.length() - position)];
      file.seek(position);
      file.readFully(bytes);
      int whole = end(bytes);
      position += whole;
      return new String(bytes, 0, whole, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log + ": " + e.getMessage(), e);
    }
  }

  /// Behind the last whole line; a line that is longer than all that is read counts as whole.
  private static int end(byte[] bytes) {
    for (int i = bytes.length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return bytes.length == MOST_BYTES ? bytes.length : 0;
  }
}
