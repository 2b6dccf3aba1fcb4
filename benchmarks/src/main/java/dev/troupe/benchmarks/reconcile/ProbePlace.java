package dev.troupe.benchmarks.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process that reconciles finds beside the data of the server, as it is told nothing else.
///
/// @param data of the server
/// @param port where it says at which port it can be asked
record ProbePlace(Path data, Path port) {

  static ProbePlace of(Path data) {
    return new ProbePlace(data, data.resolveSibling("port"));
  }

  private Path mode() {
    return data.resolveSibling("writes");
  }

  /// Whether a reconcile is to write.
  boolean writes() {
    return Files.exists(mode());
  }

  void prepare(boolean writes) {
    try {
      Files.createDirectories(data);
      if (writes) {
        Files.createFile(mode());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
