package dev.troupe.clusterconfig.postgres;

import dev.troupe.clusterconfig.instance.ProcessState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a server says which process it is: its `postmaster.pid`.
final class PostmasterFile {

  private static final int PID_LINE = 0;
  private static final int STATUS_LINE = 7;

  /// No process has this number.
  private static final String NOBODY = Integer.toString(Integer.MAX_VALUE);

  private final Path file;
  private final Path programs;

  /// @param data the directory of the server's files
  /// @param programs below it is whatever is executed of this server, and nothing of others
  PostmasterFile(Path data, Path programs) {
    this.file = data.resolve("postmaster.pid");
    this.programs = programs;
  }

  /// The server's process, if it is there: a number alone may be somebody else's by now.
  Optional<ProcessHandle> running() {
    return lines().stream()
        .findFirst()
        .flatMap(PostmasterFile::number)
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !ProcessState.of(process.pid()).isOver())
        .filter(this::isOurs);
  }

  private boolean isOurs(ProcessHandle process) {
    return process.info().command().filter(this::isBelowPrograms).isPresent();
  }

  private boolean isBelowPrograms(String command) {
    try {
      return Path.of(command).startsWith(programs.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether the server says that it takes connections.
  boolean saysReady() {
    var lines = lines();
    return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /// Lets a server start where one that is gone has left its file, and its number is somebody
  /// else's now: a server would take that for another one. The rest of the file stays, by which it
  /// finds out whether children of the former one are still there. Only to be called by whoever
  /// alone may start a server.
  void disown() {
    if (running().isPresent()) {
      return;
    }
    try {
      var lines = new ArrayList<>(lines());
      if (lines.isEmpty()) {
        Files.deleteIfExists(file); // Of one that ended before it had written a word.
      } else {
        lines.set(PID_LINE, NOBODY);
        Files.write(file, lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Long> number(String line) {
    try {
      return Optional.of(Long.parseLong(line.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
