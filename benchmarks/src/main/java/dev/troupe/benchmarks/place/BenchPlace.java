package dev.troupe.benchmarks.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;

/// A directory of its own for a benchmark, gone with the JVM.
public final class BenchPlace {

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  private BenchPlace() {}

  /// @param parent must be there
  public static Path below(Path parent) {
    try {
      var place = Files.createTempDirectory(parent, "troupe-bench");
      // Also what a benchmark leaves that was interrupted.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteAtLast(place)));
      return place;
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException("there is no directory " + parent, e);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can be written below " + parent + ": " + e, e);
    }
  }

  /// Whether nothing there ever comes to a disk.
  public static boolean isInMemory(Path place) {
    try {
      return IN_MEMORY.contains(Files.getFileStore(place).type());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteAtLast(Path place) {
    try {
      delete(place);
    } catch (UncheckedIOException e) {
      System.err.println("troupe: " + place + " could not be removed: " + e.getCause());
    }
  }

  /// Removes a directory and all that is in it, if it is there.
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
