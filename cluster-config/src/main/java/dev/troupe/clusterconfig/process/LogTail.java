package dev.troupe.clusterconfig.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What a log has had last, to be shown to people.
public final class LogTail {

  private static final int MOST_BYTES = 1 << 16;

  private final Path log;
  private final long began;

  private LogTail(Path log, long began) {
    this.log = log;
    this.began = began;
  }

  /// Of the whole log.
  public static LogTail of(Path log) {
    return new LogTail(log, 0);
  }

  /// Of what is appended from now on.
  public static LogTail from(Path log) {
    return new LogTail(log, log.toFile().length());
  }

  /// @param most how many lines
  public String last(int most) {
    try {
      var lines = text().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - most), lines.size()));
    } catch (IOException e) {
      return "and its log " + log + " cannot be read: " + e.getMessage();
    }
  }

  /// All there is, if the log was rotated meanwhile; not more than what people read.
  private String text() throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long length = file.length();
      long from = Math.max(length < began ? 0 : began, length - MOST_BYTES);
      byte[] bytes = new byte[Math.toIntExact(length - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
