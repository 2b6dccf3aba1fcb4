package dev.troupe.clusterconfig.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bounds the log of a process in the background, to which its standard output and error are
/// appended: also what the JVM itself says, which no logging library sees.
///
/// What is in the log when it is too long is copied to `LOG.1`, what was there is moved to `LOG.2`,
/// and so on; then the log is emptied, and whoever has it open goes on in it. It is emptied also
/// where nothing can be kept of it: a log is worth less than the disk that it would fill.
public final class LogRotation {

  private static final Logger LOG = LoggerFactory.getLogger(LogRotation.class);

  static final long MOST_BYTES = 10L << 20;
  static final int MOST_FILES = 4;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path log;
  private final long mostBytes;

  /// What went wrong the last time, which is not said again while it stays so.
  private String told = "";

  LogRotation(Path log, long mostBytes) {
    this.log = log;
    this.mostBytes = mostBytes;
  }

  /// From now on until the process ends.
  public static void keep(Path log) {
    var rotation = new LogRotation(log, MOST_BYTES);
    Thread.ofPlatform().daemon().name("log-rotation").start(rotation::watch);
  }

  private void watch() {
    try {
      while (true) {
        rotateIfLong();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void rotateIfLong() {
    try {
      if (Files.size(log) > mostBytes) {
        rotate();
        told = "";
      }
    } catch (NoSuchFileException gone) {
      // Somebody has removed it: nothing grows under its name.
    } catch (IOException failure) {
      tellOnce(failure);
    }
  }

  /// Each telling makes the log longer.
  private void tellOnce(IOException failure) {
    var problem = failure.toString();
    if (!problem.equals(told)) {
      told = problem;
      LOG.warn("the older lines of the log {} cannot be kept: {}", log, problem);
    }
  }

  private void rotate() throws IOException {
    try (var from = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      try {
        makeRoom();
        copy(from);
      } finally {
        from.truncate(0);
      }
    }
  }

  private void makeRoom() throws IOException {
    for (int number = MOST_FILES - 1; number > 0; number--) {
      if (Files.exists(numbered(number))) {
        Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void copy(FileChannel from) throws IOException {
    try (var to =
        FileChannel.open(
            numbered(1),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownersAlone())) {
      long copied = 0;
      while (copied < from.size()) {
        copied += from.transferTo(copied, from.size() - copied, to);
      }
    }
  }

  private Path numbered(int number) {
    return log.resolveSibling(log.getFileName() + "." + number);
  }

  private FileAttribute<?>[] ownersAlone() {
    return log.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
