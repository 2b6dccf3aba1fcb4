package dev.troupe.clusterconfig.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the operating system does with a process: some that are there do not run.
public enum ProcessState {
  /// It runs, as far as one can tell.
  RUNNING,
  /// A signal has stopped it; another lets it go on.
  FROZEN,
  /// It has ended, and nobody has asked how.
  ENDED;

  private static final Path PROCESSES = Path.of("/proc");

  /// A process that gives its memory back has no program any more and is there all the same, with
  /// its files and ports: so the program is no sign of life.
  public static ProcessState of(long pid) {
    try {
      var process = PROCESSES.resolve(Long.toString(pid));
      var described = Files.readString(process.resolve("stat"));
      // The name, which may hold anything, is in parentheses.
      return switch (described.charAt(described.lastIndexOf(')') + 2)) {
        case 'T', 't' -> FROZEN;
        case 'Z', 'X', 'x' -> threads(process) > 1 ? RUNNING : ENDED;
        default -> RUNNING;
      };
    } catch (IOException | IndexOutOfBoundsException e) {
      // No such system, or gone meanwhile: what the caller knows must do.
      return RUNNING;
    }
  }

  /// The first thread may end before the others do.
  private static long threads(Path process) throws IOException {
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      return threads.count();
    }
  }

  /// Whether there is no process any more, but perhaps its name.
  public boolean isOver() {
    return this == ENDED;
  }
}
