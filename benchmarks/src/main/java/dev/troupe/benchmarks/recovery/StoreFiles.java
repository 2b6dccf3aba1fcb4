package dev.troupe.benchmarks.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files of an embedded store.
public final class StoreFiles {

  /// What is not derived from anything else.
  private static final List<String> KEPT = List.of("FORMAT", "lock");

  private StoreFiles() {}

  public static long bytes(Path directory) {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Leaves only the log.
  static void loseIndex(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = file.getFileName().toString();
        boolean log = directory.equals(file.getParent()) && name.endsWith(".log");
        if (!log && !KEPT.contains(name)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
