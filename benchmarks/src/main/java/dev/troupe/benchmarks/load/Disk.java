package dev.troupe.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The device below a directory. What Linux counts of it is the writing of all processes; what it
/// counts per process is of no use, as a write of a few bytes counts as much as the page cache
/// keeps together, a megabyte on newer kernels.
public final class Disk {

  private static final Path STATISTICS = Path.of("/proc/diskstats");
  private static final int NAME = 2;
  private static final int SECTORS_WRITTEN = 9;
  private static final int SECTOR_BYTES = 512;

  private final String device;

  private Disk(String device) {
    this.device = device;
  }

  public static Disk below(Path directory) {
    try {
      var name = Path.of(Files.getFileStore(directory).name());
      return new Disk(String.valueOf(name.toRealPath().getFileName()));
    } catch (IOException noDevice) {
      return new Disk("");
    }
  }

  /// The bytes written so far; NaN if this system does not tell.
  public double written() {
    try (var lines = Files.lines(STATISTICS)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > SECTORS_WRITTEN && fields[NAME].equals(device))
          .mapToDouble(fields -> Double.parseDouble(fields[SECTORS_WRITTEN]) * SECTOR_BYTES)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException notLinux) {
      return Double.NaN;
    }
  }
}
