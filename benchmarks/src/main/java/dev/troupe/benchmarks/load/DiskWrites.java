package dev.troupe.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What processes write to disks, as Linux counts it.
public final class DiskWrites {

  private static final String FIELD = "write_bytes: ";

  private DiskWrites() {}

  /// The bytes that a process has caused to be written so far; NaN if this system does not tell.
  public static double of(ProcessHandle process) {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/io"))) {
      return lines
          .filter(line -> line.startsWith(FIELD))
          .mapToDouble(line -> Double.parseDouble(line.substring(FIELD.length())))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException notLinux) {
      return Double.NaN;
    }
  }
}
